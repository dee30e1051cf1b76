"""``make evaluate``: scores onrecord's output on public gold data beside the checkout, and holds it to its floors.

The data and its scorers are not part of the project; they are looked for in ``../shared``. Where they are absent, each
part says "skipped" and the exit code is 0. Otherwise each part reads its texts with the command ``onrecord``, has the
accounts scored, and compares the figures with ``floors.toml``. All rows go into ``docs/measured.md``; no word of the
gold texts does. Exit code 1: a figure is below its floor, a gold file has changed, or a part could not be measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import spacy

from evaluation import ecb
from evaluation.floors import FIELDS, NotMeasured, Row, Verdict, changed, compare, load_floors, moved, save_floors
from onrecord import __version__
from onrecord.extract import PIPELINE

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- measured:begin -->", "<!-- measured:end -->"
# How long one step may take, in seconds.
PATIENCE = 3600
BY_FORM = re.compile(
    r"^ +(gold|system) (\w+) = (\w+) +n=(\d+) +content [RP] +([\d.-]+) +joint ([RP]) +([\d.-]+)",
    re.MULTILINE,
)


@dataclass(slots=True)
class Lab:
    """One part's bench: where the gold is, the command, a folder for what it writes, and what has come out so far."""

    shared: Path
    program: Path
    folder: Path
    rows: list[Row] = field(default_factory=list)
    corpora: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str | Path) -> str:
        """What a command prints. Raises NotMeasured with its last words (and no path) if it fails."""
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False)
        if done.returncode not in {0, 1} or (done.returncode == 1 and not done.stdout):
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            last = last.replace(str(self.shared), "shared").replace(str(self.folder), "").replace(str(ROOT), "")
            raise NotMeasured(f"{Path(command[0]).name} failed, exit {done.returncode}: {last}")
        return done.stdout

    def script(self, name: str, *given: str | Path) -> str:
        """What one of the scorers or converters prints."""
        return self.run(sys.executable, self.shared / "measure" / f"{name}.py", *given)

    def gold(self, name: str) -> Path:
        """A gold file, its digest noted."""
        path = self.shared / name
        self.note(path)
        return path

    def note(self, path: Path) -> None:
        """Note the digest of a gold file, so that figures of another file are never compared."""
        self.corpora[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()

    def keep(self, name: str, text: str) -> Path:
        """Write a file of our own into the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def reading(self, option: str) -> Path:
        """The command with one more option, as a command of its own."""
        program = shlex.quote(str(self.program))
        path = self.keep(f"onrecord{option}", f'#!/bin/sh\nexec {program} "$@" {option}\n')
        path.chmod(0o755)
        return path

    def read(self, data: str, gold: Path, *options: str, program: str | Path = "") -> Path:
        """Let the command read the texts of a gold file; the folder with its accounts. Its faults become a row."""
        out = self.folder / f"{gold.stem}{'-'.join(options)}{Path(program).name}"
        printed = json.loads(self.script("account_runner", program or self.program, gold, out, "--json", *options))[
            "rows"
        ]
        found = {row["measure"]: row for row in printed}
        refused = found["refused"]
        if refused["right"] == refused["gold"]:
            raise NotMeasured(f"the command read none of {refused['gold']} texts, exit {found['exit status']['right']}")
        faults = ("refused", "another text", "bad anchors", "content over cue", "null lists")
        self.rows.append(
            Row(data, "accounts: faults", {"n": sum(found[name]["right"] for name in faults)}, refused["gold"])
        )
        return out

    def score(self, data: str, name: str, *given: str | Path) -> dict[str, Any]:
        """Add all rows of a scorer that prints rows; all that it prints."""
        printed: dict[str, Any] = json.loads(self.script(name, *given, "--json"))
        self.rows += [Row.of(data, row) for row in printed["rows"]]
        return printed


# ------------------------------------------------------------------------------------------------ the parts


def statements(lab: Lab) -> None:
    """PolNeAR: who said what; and by rules alone."""
    gold = lab.gold("gold/statements/polnear-dev.jsonl")
    for option in ("", "--rules-only"):
        data = f"PolNeAR dev, {option}" if option else "PolNeAR dev"
        system = lab.read(data, gold, program=lab.reading(option) if option else "") / "statements.jsonl"
        score_statements(lab, data, gold, system)


def score_statements(lab: Lab, data: str, gold: Path, system: Path) -> None:
    """Score attributions, with the recall and precision of each form."""
    for measure, row in json.loads(lab.script("score_statements", gold, system, "--json")).items():
        lab.rows.append(Row.of(data, {"measure": measure, **row}))
    for side, role, form, count, _, letter, joint in BY_FORM.findall(lab.script("score_statements", gold, system)):
        if joint != "-":
            lab.rows.append(Row(data, f"joint, {side} {role} {form}", {letter: float(joint)}, int(count)))


def times(lab: Lab) -> None:
    """TimeBank, AQUAINT and WikiWars: time expressions, their values, and dates that are wrong."""
    read: dict[str, tuple[Path, Path]] = {}
    for name, data in (("timebank", "TimeBank"), ("aquaint", "AQUAINT"), ("wikiwars", "WikiWars")):
        gold = lab.gold(f"gold/times/{name}.jsonl")
        read[data] = gold, lab.read(data, gold) / "times.jsonl"
        for label, chosen in ((f"{data} dev", every_fourth), (f"{data} all", sorted)):
            score_times(lab, label, [(*read[data], set(chosen([row["id"] for row in json_lines(gold)])))])
    for label, chosen in (("TimeBank + AQUAINT dev", every_fourth), ("TimeBank + AQUAINT all", sorted)):
        news = [read["TimeBank"], read["AQUAINT"]]
        score_times(lab, label, [(g, s, set(chosen([row["id"] for row in json_lines(g)]))) for g, s in news])


def score_times(lab: Lab, label: str, parts: Sequence[tuple[Path, Path, set[str]]]) -> None:
    """Score parts of gold files, each with its system file and the ids that count, as one set."""
    gold, system = (
        lab.keep(f"{label} {side}.jsonl", "".join(only(part[k], part[2]) for part in parts))
        for k, side in enumerate(("gold", "system"))
    )
    scored = json.loads(lab.script("score_time", gold, system, "--json"))
    for measure, row in scored.items():
        if isinstance(row, dict) and "f1" in row:
            lab.rows.append(Row(label, measure, {FIELDS[key]: row[key] for key in ("p", "r", "f1")}, scored["gold"]))
    lab.rows.append(Row(label, "value of those found", {"share": scored["value_accuracy"]}))
    lab.rows.append(Row(label, "wrong dates", {"share": scored["wrong_date_rate"]}))


def hidden_dates(lab: Lab) -> None:
    """TimeBank and AQUAINT, their dates hidden: does the inferred date of the report hold the true one?"""
    read: dict[str, tuple[Path, Path]] = {}
    for name, data in (("timebank", "TimeBank"), ("aquaint", "AQUAINT")):
        gold = lab.gold(f"gold/times/{name}.jsonl")
        read[data] = gold, lab.read(data, gold, "--hide-date") / "accounts.jsonl"
        lab.score(f"{data} all", "hidden_dates", *read[data])
        dev = set(every_fourth([row["id"] for row in json_lines(gold)]))
        lab.score(f"{data} dev", "hidden_dates", lab.keep(f"{data} dev.jsonl", only(gold, dev)), read[data][1])
    both = [lab.keep(f"both {k}.jsonl", "".join(pair[k].read_text("utf-8") for pair in read.values())) for k in (0, 1)]
    lab.score("TimeBank + AQUAINT all", "hidden_dates", *both)


def article(lab: Lab) -> None:
    """One long article annotated by hand: everything that an account holds."""
    gold = lab.gold("seed/gold-visible.json")
    text = gold.parent / json.loads(gold.read_text(encoding="utf-8"))["document"]["path"]
    account = lab.keep("article.json", lab.run(lab.program, "read", text, "--json"))
    scored = lab.score("article", "score_account", gold, account)
    false, head = scored["false_happenings"], scored["head"]
    figures = {"n": false["n"], "share": 100 * (false["share_of_found"] or 0)}
    lab.rows.append(Row("article", "false happenings", figures, false["of"]))
    lab.rows.append(Row("article", "accounts: faults", {"n": head["bad_anchors"] + head["bad_intervals"]}))


def plover(lab: Lab) -> None:
    """PLOVER: types, actors and targets of events in single sentences."""
    gold = lab.keep("plover.jsonl", lab.script("plover_to_jsonl", lab.shared / "gold/events/plover-visible.json"))
    lab.note(gold)
    lab.score("PLOVER", "score_plover", gold, lab.read("PLOVER", gold) / "accounts.jsonl")


def factuality(lab: Lab) -> None:
    """UW: whether an event happened, from -3 to 3; of the events of an account, and with all acts and states."""
    gold = lab.keep("uw-dev.jsonl", lab.script("uw_to_jsonl", lab.shared / "gold/factuality/uw-dev.conll"))
    lab.note(gold)
    for option in ("", "--everything"):
        data = f"UW dev, {option}" if option else "UW dev"
        read = lab.read(data, gold, program=lab.reading(option) if option else "")
        lab.score(data, "score_factuality", gold, read / "accounts.jsonl")


def incidents(lab: Lab) -> None:
    """MUC-4: stage of execution, and how sure the source is who did it; the texts on which no rule is tuned."""
    every = lab.keep(
        "muc4.jsonl", lab.script("muc4_to_jsonl", lab.shared / "gold/events/muc4-dev", "--truecase", "simple")
    )
    lines = every.read_text(encoding="utf-8").split("\n")
    gold = lab.keep("muc4-second-500.jsonl", "\n".join(lines[500:]))
    lab.note(gold)
    lab.score("MUC-4 dev, 501-1000", "score_muc4", gold, lab.read("MUC-4 dev, 501-1000", gold) / "accounts.jsonl")


def gum(lab: Lab) -> None:
    """GUM and OntoGUM: names, mentions, coreference; with all mentions, by rules alone, and spaCy's names alone."""
    golds = {}
    for scheme in ("gum", "ontogum"):
        golds[scheme] = lab.folder / f"{scheme}-dev.jsonl"
        where = lab.shared / "gold/entities/gum"
        lab.script("gum_to_jsonl", where, golds[scheme], "--scheme", scheme, "--split", "dev")
        lab.note(golds[scheme])
    for option in ("", "--everything", "--rules-only"):
        beside = f", {option}" if option else ""
        out = lab.read(f"GUM dev{beside}", golds["gum"], program=lab.reading(option) if option else "")
        for scheme, data in (("gum", "GUM dev"), ("ontogum", "OntoGUM dev")):
            lab.score(f"{data}{beside}", "score_gum", golds[scheme], out / "accounts.jsonl")
    alone = lab.keep("spacy-alone.jsonl", spacy_alone(golds["gum"]))
    lab.score("GUM dev, spaCy's names alone", "score_gum", golds["gum"], alone)


SPACY_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}


def spacy_alone(gold: Path) -> str:
    """Accounts that hold the named entities of the small pipeline and nothing else: what to be better than."""
    nlp = spacy.load(PIPELINE)
    rows = []
    for document in json_lines(gold):
        entities = []
        for n, found in enumerate(nlp(document["text"]).ents):
            tokens = [token for token in found if token.lower_ != "the" and token.tag_ != "POS"]
            if found.label_ not in SPACY_KINDS or not tokens:
                continue
            head = [tokens[0].idx, tokens[-1].idx + len(tokens[-1])]
            mention = {"report": "r", "anchor": head, "head": head, "form": "name"}
            kind = SPACY_KINDS[found.label_]
            entities.append({"id": f"e{n}", "kind": kind, "named": True, "name": found.text, "mentions": [mention]})
        report = {"id": "r", "text": document["text"], "url": f"gold:{document['id']}"}
        rows.append(json.dumps({"onrecord": "account/1", "reports": [report], "entities": entities}))
    return "".join(f"{row}\n" for row in rows)


def meantime(lab: Lab) -> None:
    """MEANTIME: names across reports, events, their status and roles; all reports in one case."""
    gold = lab.folder / "meantime-apple.jsonl"
    lab.script("meantime_to_jsonl", lab.shared / "gold/crossdoc/meantime-apple", gold)
    lab.note(gold)
    texts = lab.read("MEANTIME Apple", gold) / "input.jsonl"
    case = lab.folder / "meantime.onrecord"
    if subprocess.run([lab.program, "add", case, texts, "--quiet"], capture_output=True, check=False).returncode == 2:
        raise NotMeasured("the command made no case of the reports")
    account = lab.keep("case.json", lab.run(lab.program, "show", case, "--json"))
    lab.score("MEANTIME Apple", "score_meantime", gold, account)


def same_event(lab: Lab) -> None:
    """ECB+: which tellings of different reports are one event; of gold mentions, and of our own events in one case."""
    found = list(ecb.gold(lab.shared, lab.folder, "dev"))
    gold, texts = lab.folder / "ecb-dev.jsonl", lab.folder / "ecb-dev-input.jsonl"
    lab.note(gold)
    told = [one for *_, one in found]
    own = sum(one.own for one in told)
    lab.rows.append(
        Row("ECB+ dev", "gold mentions that an event of ours covers", {"share": 100 * own / len(told)}, own)
    )
    for slots in (ecb.SLOTS, 0):
        data = "ECB+ dev" if slots else "ECB+ dev, no slots asked"
        links = lab.keep("links.json", json.dumps({"clusters": ecb.clusters(told, slots=slots)}))
        lab.score(data, "score_ecb", gold, links, "--gold-mentions", "--split", "dev")
    case = lab.folder / "ecb.onrecord"
    if subprocess.run([lab.program, "add", case, texts, "--quiet"], capture_output=True, check=False).returncode == 2:
        raise NotMeasured("the command made no case of the reports")
    account = lab.keep("case.json", lab.run(lab.program, "show", case, "--json"))
    lab.score("ECB+ dev, one case", "score_ecb", gold, account, "--split", "dev")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the evaluation: what it measures, on which split, and what it needs beside the checkout."""

    about: str
    split: str
    measure: Callable[[Lab], None]
    needs: tuple[str, ...]


TIMES = ("gold/times/timebank.jsonl", "gold/times/aquaint.jsonl")
FOURTH = 'Rules may be tuned on three documents of four; "dev" is every fourth by sorted name, "all" the whole set.'
PARTS: dict[str, Part] = {
    "statements": Part(
        "Who said what: source, cue and content of attributions in US political news (PolNeAR).",
        "The dev split, 84 documents; nothing is tuned on it.",
        statements,
        ("gold/statements/polnear-dev.jsonl",),
    ),
    "times": Part(
        "Time expressions in newswire (TimeBank, AQUAINT) and in histories (WikiWars): TIMEX3 spans and values.",
        FOURTH,
        times,
        (*TIMES, "gold/times/wikiwars.jsonl"),
    ),
    "hidden-dates": Part(
        "The date of a report that does not state it, worked out from its text (TimeBank, AQUAINT, dates hidden).",
        'All documents, and "dev", every fourth by sorted name, on which no rule is tuned.',
        hidden_dates,
        TIMES,
    ),
    "article": Part(
        "One long article annotated by hand in full: names, sources, statements, times, events, status.",
        "The first half of the article; it is read, not fitted.",
        article,
        ("seed/gold-visible.json",),
    ),
    "plover": Part(
        "Type, actors and targets of events in single sentences (PLOVER gold records).",
        "The half of the records at hand, 161.",
        plover,
        ("gold/events/plover-visible.json",),
    ),
    "factuality": Part(
        "Whether events happened (UW event factuality).",
        "The dev split, 1,074 sentences; nothing is tuned on it.",
        factuality,
        ("gold/factuality/uw-dev.conll",),
    ),
    "incidents": Part(
        "Stage of execution, and how sure the source is who did it (MUC-4, capitals restored by rule).",
        "Texts 501 to 1000 of the dev split; rules were tuned on the first 500.",
        incidents,
        ("gold/events/muc4-dev",),
    ),
    "gum": Part(
        "Names, mentions and coreference (GUM; OntoGUM without singletons).",
        "The dev split: five news texts and two interviews.",
        gum,
        ("gold/entities/gum",),
    ),
    "meantime": Part(
        "Names across reports, events, status and roles (MEANTIME, Apple part), all reports in one case.",
        "The Apple part, 30 documents; nothing is tuned on it.",
        meantime,
        ("gold/crossdoc/meantime-apple",),
    ),
    "same-event": Part(
        "Which tellings of different reports are one event (ECB+): gold mentions, and our own events in one case.",
        "Topics 21 to 25, 122 documents; learnt from topics 1 to 20, with thresholds set by cross-validation there.",
        same_event,
        ("gold/crossdoc/ecbplus",),
    ),
}


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def every_fourth(ids: Sequence[str]) -> list[str]:
    """Every fourth id by sorted name: the documents that no rule is tuned on."""
    return sorted(ids)[3::4]


def only(path: Path, ids: set[str]) -> str:
    """The lines of a JSON-lines file with these ids."""
    return "".join(json.dumps(row) + "\n" for row in json_lines(path) if row["id"] in ids)


# ------------------------------------------------------------------------------------------------ the page


def section(name: str, lab: Lab, verdicts: Sequence[Verdict]) -> str:
    """What docs/measured.md says of one part."""
    part = PARTS[name]
    lines = [f"### {name}", "", part.about, f"*Split:* {part.split}", ""]
    lines += [f"*Measured* on {datetime.now(UTC):%Y-%m-%d} with onrecord {__version__}, {machine()}.", ""]
    lines += ["| figure | now | at least | at most |", "|---|---:|---:|---:|"]
    for verdict in verdicts:
        bounds = (verdict.bound, "") if verdict.side == "at_least" else ("", verdict.bound)
        now = "–" if verdict.now is None else verdict.now
        lines.append(f"| {verdict.name} | {now} | {bounds[0]} | {bounds[1]} |")
    lines += ["", "<details><summary>All rows</summary>", "", "| data | measure | of | figures |", "|---|---|---:|---|"]
    for row in lab.rows:
        figures = ", ".join(f"{key} {figure:.4g}" for key, figure in row.figures.items())
        lines.append(f"| {row.data} | {row.measure} | {'' if row.gold is None else row.gold} | {figures} |")
    return "\n".join([*lines, "", "</details>"])


def machine() -> str:
    """The machine, without its name."""
    return f"{os.cpu_count()} cores, Python {platform.python_version_tuple()[0]}.{platform.python_version_tuple()[1]}"


def write_page(page: Path, new: Mapping[str, str]) -> None:
    """Put the new sections between the markers of the page; those of parts not measured this time stay."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    old, end, after = rest.partition(END)
    if not (begin and end):
        raise NotMeasured(f"{page.name} has no markers {BEGIN} and {END}")
    kept = {text.split("\n", 1)[0].removeprefix("### "): text.strip() for text in re.split(r"\n(?=### )", old.strip())}
    sections = kept | dict(new)
    body = "\n\n".join(sections[name] for name in PARTS if name in sections)
    page.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8")


def show(name: str, verdicts: Sequence[Verdict]) -> None:
    """Print a part's held figures."""
    print(f"{name}\n{'':2}{'':68}{'now':>9}{'floor':>9}")
    for verdict in verdicts:
        sign = "" if verdict.holds else "  BELOW" if verdict.side == "at_least" else "  ABOVE"
        now = "-" if verdict.now is None else f"{verdict.now}"
        bound = ("" if verdict.side == "at_least" else "<= ") + f"{verdict.bound}"
        print(f"  {verdict.name:68}{now:>9}{bound:>9}{sign}")


# ------------------------------------------------------------------------------------------------ the command


def measure(name: str, shared: Path, program: Path) -> Lab:
    """Measure one part in a folder of its own. Raises NotMeasured."""
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(shared, program, Path(folder))
        try:
            PARTS[name].measure(lab)
        except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError, KeyError) as error:
            raise NotMeasured(f"{type(error).__name__} while measuring; run its scorer by hand") from error
    return lab


def evaluate(given: argparse.Namespace) -> int:
    """Measure the chosen parts, print and write what came out; the number of faults."""
    floors = load_floors(given.floors)
    sections, faults = {}, 0
    for name in given.only or PARTS:
        if not all((given.shared / need).exists() for need in ("measure", *PARTS[name].needs)):
            print(f"{name}: skipped, its public gold data does not lie beside the checkout")
            continue
        try:
            lab = measure(name, given.shared, given.program)
            if given.raise_floors or given.accept_lower:
                floors[name] = moved(floors.get(name, {}), lab.rows, lab.corpora, given.accept_lower)
        except NotMeasured as error:
            faults += 1
            print(f"{name}: not measured: {error}", file=sys.stderr)
            continue
        verdicts = compare(lab.rows, floors.get(name, {}))
        show(name, verdicts)
        others = changed(lab.corpora, floors.get(name, {}))
        for other in others:
            print(f"{name}: {other} is not the file of the floors; figures cannot be compared", file=sys.stderr)
        faults += len(others) + sum(not verdict.holds for verdict in verdicts)
        sections[name] = section(name, lab, verdicts)
    if sections:
        write_page(given.page, sections)
    if given.raise_floors or given.accept_lower:
        save_floors(given.floors, floors)
    return faults


def parts(words: str) -> list[str]:
    """The parts named in a list with commas."""
    chosen = words.split(",")
    if unknown := [name for name in chosen if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; exit code 1 if anything fell below its floor or could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", type=parts, metavar="PARTS", help=f"some parts, commas between: {', '.join(PARTS)}")
    add("--shared", type=Path, default=ROOT.parent / "shared", help="where the gold data and scorers are")
    add("--program", type=Path, default=Path(sys.executable).with_name("onrecord"), help="the command to measure")
    add("--floors", type=Path, default=ROOT / "evaluation" / "floors.toml")
    add("--page", type=Path, default=ROOT / "docs" / "measured.md", help="the page to write")
    add("--raise-floors", action="store_true", help="write better figures as the new floors")
    add("--accept-lower", action="store_true", help="write the figures as the new floors, lower ones too")
    return int(evaluate(parser.parse_args(arguments)) > 0)


if __name__ == "__main__":
    sys.exit(main())
