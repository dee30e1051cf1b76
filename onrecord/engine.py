"""Engines: one pure function over many items, in their order. ``serial`` here, ``processes`` on all cores.

The same answer comes from each. ``processes`` keeps one item in each worker's hands and a bounded number of results
that wait for their turn, so memory stays flat however many items there are. A worker that dies (killed, out of
memory) costs no more than the item it held: that is tried once more in a new worker, then given back as ``Lost``.

A worker is a Python of its own, talked to over its own two pipes: it inherits no socket, no open file and no standard
input, and the caller's main script is not run a second time.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from onrecord import __version__
from onrecord.errors import BadPlug
from onrecord.extract import PIPELINE, WEIGHTS
from onrecord.record import Document, Made, Reading
from onrecord.registry import plugged

Item = TypeVar("Item")
Result = TypeVar("Result")

# Fewer items than this are not worth starting processes for.
FEW = 4
# How many items per worker may be under way or wait for their turn.
LOOK_AHEAD = 4
# What a worker runs.
WORKER = "from onrecord.engine import serve; serve()"


@dataclass(frozen=True, slots=True)
class Lost:
    """In the place of a result: the worker died over this item, twice."""

    item: Any
    cause: str


class Engine(Protocol):
    """What an engine is: ``work`` over ``items``, results in the order of the items."""

    def __call__(
        self, work: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
    ) -> Iterator[Result | Lost]:
        """``workers``: at most so many at once; None: as many as there are cores."""
        ...


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serial(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> Iterator[Result | Lost]:
    """One after the other, in this process."""
    for item in items:
        try:
            result: Result | Lost = work(item)
        except MemoryError:
            result = Lost(item, "there was not enough memory for it")
        yield result


def processes(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None
) -> Iterator[Result | Lost]:
    """On several cores; ``work`` and the items must be picklable. A few items, or one core: as ``serial``.

    An error that ``work`` raises is raised here, at its item's turn.
    """
    count = cores() if workers is None else workers
    rest = iter(items)
    first = list(islice(rest, FEW))
    if count < 2 or len(first) < FEW:
        yield from serial(work, chain(first, rest))
        return
    pool = _Pool(work, count)
    try:
        yield from pool.map(chain(first, rest))
    finally:
        pool.close()


ENGINES: dict[str, Engine] = {"serial": serial, "processes": processes}


def engine_named(name: str) -> Engine:
    """The engine of this name, built in or plugged in. Raises BadPlug if there is none."""
    engines = plugged("engines", ENGINES)
    if name not in engines:
        raise BadPlug(f"no engine {name!r}; there are {', '.join(sorted(engines))}")
    return engines[name]


# ------------------------------------------------------------------------------------------------ the work


@dataclass(frozen=True, slots=True)
class ReadWith:
    """The work itself: a document goes in, its reading and what made it come out. Picklable; loads its tools once.

    ``pipeline`` is a spaCy pipeline's name, ``lexicons`` a folder whose files go before those of the package,
    ``weights`` the folder of the learned head (``None``: the rules alone); ``everything``
    keeps things that are mentioned only once.
    """

    pipeline: str = PIPELINE
    lexicons: Path | None = None
    weights: Path | None = WEIGHTS
    everything: bool = False

    def __call__(self, document: Document) -> tuple[Reading, Made]:
        """Read one document. Raises BadPlug if the pipeline is not installed, BadRule for a bad row."""
        from onrecord.pipeline import all_stages, load_tools, read_document

        tools = load_tools(self.pipeline, self.lexicons, self.weights, self.everything)
        made = Made(__version__, tools.models, tools.lexicons.digests)
        return read_document(document, tools, all_stages()), made


# ------------------------------------------------------------------------------------------------ this side


class _Died(Exception):
    """The worker is gone; its exit code says how."""


class _Worker:
    """One process of ours, and the two pipes to it."""

    def __init__(self, work: object) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._process = subprocess.Popen(  # noqa: S603 our own words only
            [sys.executable, "-c", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": paths} | threads,
            start_new_session=True,  # Ctrl-C is for us; we end the workers
        )
        with suppress(OSError):  # if it is dead already, asking will tell
            _send(self._pipe(self._process.stdin), work)

    def ask(self, item: object) -> Any:
        """The result for one item. Raises _Died if the worker does not live to tell, else what ``work`` raised."""
        try:
            _send(self._pipe(self._process.stdin), item)
            fine, answer = _receive(self._pipe(self._process.stdout))
        except (EOFError, OSError) as error:
            self.end()
            raise _Died(_way_to_die(self._process.returncode)) from error
        if not fine:
            raise answer
        return answer

    def end(self) -> None:
        """Kill it if it still lives, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # words for a dead worker that stayed unsaid
                self._pipe(pipe).close()

    @staticmethod
    def _pipe(pipe: Any) -> BinaryIO:
        found: BinaryIO = pipe
        return found


def _way_to_die(code: int) -> str:
    if code == -9:  # SIGKILL, which not every system has by name
        return "the worker process was killed (often: out of memory)"
    if code < 0:
        return f"the worker process died of {signal.Signals(-code).name}"
    return f"the worker process ended with code {code}"


class _Pool:
    """So many workers, each driven by a thread that hands it one item and waits for the answer."""

    def __init__(self, work: object, count: int) -> None:
        self._work = work
        self._count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="onrecord-worker")
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._alive: set[_Worker] = set()
        self._closed = False

    def map(self, items: Iterable[Any]) -> Iterator[Any]:
        """Results in the order of the items, never more than a few items ahead."""
        waiting: deque[Future[Any]] = deque()
        for item in items:
            waiting.append(self._threads.submit(self._do, item))
            if len(waiting) >= self._count * LOOK_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _do(self, item: Any) -> Any:
        """One item, and a second try in a new worker if the first one dies over it."""
        for last_try in (False, True):
            worker = self._take()
            try:
                result = worker.ask(item)
            except _Died as death:
                self._alive.discard(worker)
                if last_try or self._closed:
                    return Lost(item, str(death))
                continue
            except BaseException:
                self._idle.put(worker)
                raise
            self._idle.put(worker)
            return result
        raise AssertionError

    def _take(self) -> _Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self._work)
            self._alive.add(worker)
            if self._closed:
                worker.end()
            return worker

    def close(self) -> None:
        """End all workers and threads, at once."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in tuple(self._alive):
            worker.end()
        self._threads.shutdown(wait=True)


def _send(pipe: BinaryIO, thing: object) -> None:
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO) -> Any:
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 from our own worker, over a pipe that only we two hold


# ------------------------------------------------------------------------------------------------ the worker's side


def serve() -> None:
    """What a worker does: take the work, then item after item, until its pipe is closed. For workers only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    try:
        work = _receive(questions)
        while True:
            _answer(work, _receive(questions), answers)
    except (EOFError, BrokenPipeError):
        return  # whoever asked is gone


def _answer(work: Callable[[Any], Any], item: Any, answers: BinaryIO) -> None:
    try:
        result = next(serial(work, (item,)))
        sys.stdout.flush()  # what a library printed must be seen even if this worker is ended
    except Exception as error:
        _send(answers, (False, error))
        sys.excepthook = lambda *_: None  # it is raised again on the other side, once is enough
        raise
    _send(answers, (True, result))
