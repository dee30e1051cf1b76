"""News reports that nobody ever wrote: invented people, bodies and towns, put together by a seeded generator.

For benchmarks and robustness tests, which need many reports of one size, never the same text twice, and always the same
on every machine. They hold what reports hold (named and unnamed sources, dates, events, plans, refusals, denials,
quotations); they tell no story, and nothing is scored on them. Given to the public domain (CC0 1.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

# What may stand in each {slot}: one line a slot, or several; fillings may hold further slots.
WORDS = """
given: Anna | Boris | Celia | Daren | Elsa | Fergus | Greta | Hamid | Ilse | Jonas | Katya | Lorenz | Mirelle | Nils
given: Odette | Pavel | Rhea | Samir | Tilda | Ugo
surname: Abrell | Brandt | Cawley | Dorn | Eklund | Farrant | Goll | Harrow | Istvan | Jorle | Kemmer | Lund | Marlow
surname: Nesbit | Orlen | Pryce | Quarles | Rosk | Stanhill | Tovar | Ulm | Varga | Westrey | Yarrow | Zeller
town: Aldermoor | Brastow | Corvane | Dellbridge | Easthaven | Fenmark | Gorsk | Hallowby | Innerfell | Jarrowmouth
town: Kestrel | Lunden | Marrowgate | Northwick | Ostrel | Pellam | Quarrin | Redcliffe | Saltmere | Tarnow
country: Belmora | Carvania | Dorelle | Estmark | Falland | Gravia | Hestria | Ilvane
body: the Ministry of Inland Waters | the Harbour Authority | the National Grain Board | the Federal Audit Court
body: the Council of River States | the Border Guard | the Miners' Union | the Northern Relief Committee
body: the Central Election Office | the Progress Party | the Tarn Valley Front | the Institute for Public Accounts
company: Halden Freight | Orrin Steel | Blue Heron Shipping | Castor Energy | Vantage Rail | Lodestar Mining
office: finance minister | deputy governor | police chief | spokeswoman | chief prosecutor | ambassador | chairman
office: army commander | mayor | head of the customs service
unnamed: a senior official who asked not to be named because the talks were private | two people briefed on the matter
unnamed: a diplomat with knowledge of the negotiations | three former employees | an adviser to the government
unnamed: several witnesses | a person close to the family, who feared reprisals
unnamed: a military officer speaking on condition of anonymity | a lawyer involved in the case
unnamed: residents reached by telephone
day: Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday
month: January | February | March | April | May | June | July | August | September | October | November | December
thing: the dam | the grain contract | the old airfield | the ceasefire | the railway loan | the border crossing
thing: the coal mine | the voter register | the harbour expansion | the prisoner exchange
act: signed an agreement on {thing} with {country} | arrested {n} protesters near {town}
act: met {given} {surname} in {town} | dismissed {given} {surname}, the {office}
act: sent {n} troops to the border with {country}
act: ordered an investigation into {thing} | closed the road between {town} and {town}
act: seized {n} tonnes of fuel that belonged to {company} | attacked a convoy outside {town}, killing {small} people
act: gave {n} million crowns to {body} | expelled {small} diplomats from {country} | withdrew from the talks in {town}
plan: sign a treaty with {country} | close {thing} | release {n} prisoners | send observers to {town} | sue {company}
plan: impose sanctions on {country} | hold a vote on {thing} | rebuild the bridge at {town}
claim: {thing} had been sold without a vote | the army had used live ammunition in {town}
claim: {company} paid {n} million crowns to {body} | no decision had been taken on {thing}
claim: {given} {surname} had known about the plan since {month}
claim: at least {small} people were missing after the clashes in {town} | {country} would not accept the terms
quoted: We will not be told what to do with {thing} | Nobody in {town} believes that story any more
quoted: I was there, and I saw what happened | This is a first step, and a small one
quoted: There was no meeting, and there will be none | They took everything that could be carried
quoted: If we had been asked, we would have said no
"""
# The range of each numeral.
NUMBERS = {"date": (1, 28), "n": (12, 980), "more": (1000, 2400), "small": (2, 11), "year": (2009, 2023)}
SENTENCES = (
    "{Body} {act} on {day}, {given} {surname}, the {office} of {country}, said.",
    "{Body} {act} in {month} {year}.",
    "“{quoted},” {given} {surname}, the {office}, told reporters in {town} on {day}.",
    "“{quoted},” said {given} {surname} of {body}. “{quoted}.”",
    "{Unnamed} said that {claim}.",
    "According to {unnamed}, {claim}.",
    "{given} {surname} denied that {claim}.",
    "{Body} rejected the accusation that {claim}, and called it “an invention.”",
    "{given} {surname} declined to comment on {thing}.",
    "{Body} plans to {plan} in {month}, but no date has been set.",
    "{given} {surname} said last week that {body} would {plan} by the end of {year}.",
    "{Body} threatened to {plan} unless {country} withdrew its troops from {town}.",
    "{given} {surname} refused to {plan}, {unnamed} said.",
    "On {month} {date}, {year}, {company} {act}.",
    "Had {given} {surname} not intervened, {body} would have lost {thing}, {unnamed} said.",
    "The police have not said whether {claim}.",
    "{given} {surname} wrote in a letter dated {month} {date} that {claim}.",
    "About {n} people marched through {town} on {day} to demand that {body} {plan}.",
    "{Body} tried to {plan} two years ago, but the attempt failed.",
    "In an interview, {given} {surname}, a former {office}, accused {company} of having bribed {body}.",
    "{Company} said in a statement that it “has nothing to hide,” and that {claim}.",
    "Between {n} and {more} homes were destroyed when the river rose near {town} last {month}, {body} said.",
    "He said that he would not resign.",
    "It was not clear who had given the order.",
    "She did not answer questions about {thing}.",
    "By {day} evening the two sides had agreed on nothing, though {given} {surname} called the talks “useful.”",
)


def reports(n: int, seed: int, words: int = 800) -> Iterator[str]:
    """Yield ``n`` reports of at least ``words`` words each (one sentence more at most); the same for the same seed."""
    for i in range(n):
        yield report(Random(f"{seed}-{i}"), words)


def report(chance: Random, words: int) -> str:
    """One report: headline, byline with the date, dateline, paragraphs of one to four sentences."""
    headline = f"{upper(fill('{body} {act}', chance))}\nBy {fill('{given} {surname}', chance)}"
    dated = fill("Published {month} {date}, {year}", chance)
    sentences = [f"{fill('{town}', chance).upper()} — {fill(chance.choice(SENTENCES), chance)}"]
    count = len(sentences[0].split())
    while count < words:
        sentences.append(fill(chance.choice(SENTENCES), chance))
        count += len(sentences[-1].split())
    paragraphs = []
    while sentences:
        size = chance.randint(1, 4)
        paragraphs.append(" ".join(sentences[:size]))
        del sentences[:size]
    return "\n\n".join([headline, dated, *paragraphs]) + "\n"


def fill(pattern: str, chance: Random) -> str:
    """The pattern with every {slot} filled, slots inside fillings too; a slot with a capital gives a capital."""
    while "{" in pattern:
        before, _, rest = pattern.partition("{")
        slot, _, after = rest.partition("}")
        words = filling(slot.lower(), chance)
        pattern = before + (upper(words) if slot[0].isupper() else words) + after
    return pattern


def filling(slot: str, chance: Random) -> str:
    """Words for one slot; they may hold further slots."""
    return str(chance.randint(*NUMBERS[slot])) if slot in NUMBERS else chance.choice(FILLINGS[slot])


def by_slot(lines: str) -> dict[str, list[str]]:
    """The fillings of each slot."""
    found: dict[str, list[str]] = {}
    for line in lines.strip().splitlines():
        slot, _, words = line.partition(": ")
        found.setdefault(slot, []).extend(words.split(" | "))
    return found


FILLINGS = by_slot(WORDS)


def upper(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
