"""Learns the weights by which homes, names and facts are found, from labelled texts.

`python -m tests.labelled --learn names`, then `--learn homes` and `--learn facts`, write them anew:
a logistic regression over what is seen of each candidate (`fitting`), trained on the lines of
`told/`, `told_facts/` and `told_full/` (each file by another hand), the develop parts and the
examples of the rules themselves; `--learn tagger` writes those by which lines are read (`tagging`).
What is held out is never read.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

import resources
from detection import dwellings, load, naming, scan
from detection.dwellings import DWELLING
from detection.evidence import PAIRS, Role
from detection.fact_sight import HOME, KINDS, clauses, hidden, seen
from detection.linking import PERSON
from detection.literals import Literals
from detection.name_sight import GLANCE_TAIL, glimpse, glimpse_ahead
from detection.normal import normalise
from detection.rulebook import Rulebook
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.labelled import corpus, tagging
from tests.labelled.fitting import Case, table
from tests.labelled.told import Span, Told, told, unmarked

_HERE = Path(__file__).parent
TOLD, TOLD_FACTS, TOLD_FULL = (_HERE / name for name in ("told", "told_facts", "told_full"))
"""Lines in which names and homes are marked, names and facts, and all of these."""
_TURNS, _SAME = 2, 0.5
_SHARES = {"develop": 0.7, "told": 1.0, "example": 6.0}
"""How much a case counts, by where it comes from."""
TABLES = {
    "names": "name_weights.txt",
    "homes": "dwelling_weights.txt",
    "facts": "fact_weights.txt",
    "tagger": "tagger_weights.txt",
}
"""What has weights, in the order of learning: homes are told by whose they are."""

_MARKS = {"address": "h", "name": "n"}
"""How the kinds of the templates are marked in lines."""

_HEAD = """\
# What each thing seen of {} weighs: hundredths of a natural logarithm of odds ({}).
# Written by a command (python -m tests.labelled --learn {}); not to be edited.
"""


def _develop() -> Iterator[Told]:
    """The running texts of the develop parts, each wording at most twice, and the ordinary ones."""
    seen: Counter[str] = Counter()
    for part in corpus.PARTS:
        if not part.startswith("develop"):
            continue
        for paper in [*corpus.papers(part), *corpus.papers(part, ordinary=True)]:
            for where, text in paper.texts() if paper.full else ():
                spans: dict[str, list[Span]] = {}
                for mark in text.marks:
                    kind = _MARKS.get(mark.kind, mark.kind)
                    spans.setdefault(kind, []).append((mark.start, mark.end))
                bare = text.text
                for start, end in sorted(spans.get("h", ()), reverse=True):
                    bare = bare[:start] + bare[end:]
                wording = re.sub("[0-9]", "", bare)
                seen[wording] += 1
                if where not in {"table", "name"} and seen[wording] <= _TURNS:
                    yield Told(text.text, spans)


def _examples(rulebook: Rulebook, rule: str, mark: str) -> Iterator[Told]:
    known = rulebook.rule(rule)
    for example in (*known.hit, *known.miss) if known else ():
        yield unmarked(example.text.replace("⟦", f"⟦{mark}:"))


def _lines(*hands: Path) -> list[Told]:
    paths = (path for folder in hands for path in sorted(folder.glob("*.txt")))
    return [one for path in paths for one in told(path)]


def _shared(rulebook: Rulebook, rule: str, mark: str, *hands: Path) -> list[tuple[Told, float]]:
    """All texts there are, and how much each counts."""
    lines = _lines(*hands)
    parts = {"develop": _develop(), "told": lines, "example": _examples(rulebook, rule, mark)}
    return [(one, _SHARES[of]) for of, texts in parts.items() for one in texts]


def _homes(rulebook: Rulebook) -> Iterator[Case]:
    known = Literals(dwellings.SIGNS)
    for one, share in _shared(rulebook, DWELLING, "h", TOLD):
        place = Place(Part.BODY, paragraph=1)
        found = scan(Reading(Kind.TXT, (Segment(place, one.text),)), rulebook, read=False)
        flat = normalise(one.text)
        persons = [
            (flat.flat(f.span[0]), flat.flat(f.span[1] - 1) + 1) for f in found if f.rule == PERSON
        ]
        homes = [(flat.flat(start), flat.flat(end - 1) + 1) for start, end in one.homes]
        signs = {dwellings.SIGNS[n]: at for n, at in known.find(flat.text).items()}
        places = dwellings.told(flat.text, signs)
        for run in dwellings.candidates(flat.text, places, persons):
            shared = max((min(run.end, b) - max(run.start, a) for a, b in homes), default=0)
            length = min([run.end - run.start, *(b - a for a, b in homes)])
            yield _case(run.features, right=0 < shared >= _SAME * length, share=share)


class _Names(NamedTuple):
    """Cases of whole names, and of where one may begin at a glance."""

    whole: list[Case]
    glances: list[Case]


def _names(rulebook: Rulebook) -> _Names:
    known = Literals(naming.SIGNS)
    cases = _Names([], [])
    for one, share in _shared(rulebook, PERSON, "n", TOLD):
        flat = normalise(one.text)
        text = flat.text
        names = {(flat.flat(start), flat.flat(end - 1) + 1) for start, end in one.names}
        starts = {start for start, _ in names}
        signs = {naming.SIGNS[n]: at for n, at in known.find(text).items()}
        for start, found in groupby(naming.candidates(text, signs), key=lambda one: one.start):
            readings = [one for one in found if start in starts or not _official(text, one)]
            if not readings:
                continue
            right = [n for n, one in enumerate(readings) if one[:2] in names]
            seen = tuple(naming.sight(text, one)[0] for one in readings)
            cases.whole.append(Case(seen, right[0] if right else None, share))
            if not readings[0].kind:
                cases.glances.append(
                    _case(_glance(text, start), right=start in starts, share=share)
                )
    return cases


def _facts(rulebook: Rulebook, kind: str) -> Iterator[Case]:
    """The clauses of all lines that name somebody, of homes of all lines: does each tell such a
    fact?"""
    mark, hands = ("h", TOLD) if kind == HOME else (kind, TOLD_FACTS)
    for one, share in _shared(rulebook, KINDS[kind], mark, hands):
        place = Place(Part.BODY, paragraph=1)
        found = scan(Reading(Kind.TXT, (Segment(place, one.text),)), rulebook, read=False)
        flat = normalise(one.text)
        spans = [*one.names, *(f.span for f in found if f.rule == PERSON)]
        names = _apart(sorted((flat.flat(a), flat.flat(b - 1) + 1) for a, b in spans))
        text = hidden(flat.text, names)
        for start, end in clauses(text) if names or kind == HOME else ():
            clause = flat.span(start, end)
            marked = {kind for kind, spans in one.spans.items() if _shares(spans, clause)}
            if "?" not in marked:
                yield _case(tuple(seen(text[start:end])), right=mark in marked, share=share)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Those of the rising spans that do not lie over an earlier one."""
    found: list[Span] = []
    for span in spans:
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def _shares(spans: Sequence[Span], clause: Span) -> bool:
    """Does one of them lie in the clause for the most part, or the clause in it?"""
    start, end = clause
    return any(0 < min(b, end) - max(a, start) >= _SAME * min(b - a, end - start) for a, b in spans)


def _official(text: str, one: naming.Candidate) -> bool:
    """Who acts for an office is named too, though nobody has marked it."""
    return any(clue.role is Role.OFFICIAL for clue in naming.sight(text, one)[1:])


def _case(features: tuple[str, ...], *, right: bool, share: float) -> Case:
    return Case((features,), 0 if right else None, share)


def _glance(text: str, start: int) -> tuple[str, ...]:
    first = glimpse(text[start : start + 2])
    seen = (*first, *glimpse_ahead(text[max(start - 2, 0) : start]))
    return (*seen, GLANCE_TAIL) if text[start - 1 : start + 1] in PAIRS else seen


def _tagged() -> Iterator[str]:
    """The table of the tagger; each kind is learned by a process of its own."""
    with ProcessPoolExecutor() as pool:
        found = pool.map(_learned, _READ)
        return tagging.table(dict(zip(_READ, found, strict=True)))


def _learned(kind: str) -> tagging.Learned:
    """What tells this kind: all lines, of the develop parts every other one."""
    rule, mark = _READ[kind]
    hands = [folder for folder, of in _OF.items() if of(mark)]
    examples = [*_examples(load(), rule, mark)] * round(_SHARES["example"])
    return tagging.learned([*_lines(*hands), *islice(_develop(), None, None, 2), *examples], mark)


_READ = {"name": (PERSON, "n"), **{k: (rule, "h" if k == HOME else k) for k, rule in KINDS.items()}}
"""What the tagger tells apart, and the rule and the mark of each."""


_OF: Mapping[Path, Callable[[str], bool]] = {
    TOLD_FULL: lambda mark: True,
    TOLD: lambda mark: mark in {"n", "h"},
    TOLD_FACTS: lambda mark: mark != "h",
}
"""In which lines all of a mark are marked."""


def write(what: str) -> None:
    """Write the weights of one of TABLES anew."""
    if what == "names":
        names = _names(load())
        lines = table(names.whole, drawn=1)
        lines += table(names.glances, drawn=1, bias="glance bias")
        head = _HEAD.format("what may be a name", "detection/name_sight.py", what)
    elif what == "homes":
        lines = table(list(_homes(load())), drawn=2)  # there are fewer of them
        head = _HEAD.format("what may be a home", "detection/place_runs.py", what)
    elif what == "tagger":
        lines = list(_tagged())
        head = _HEAD.format("a character at each place beside another", "detection/tagger.py", what)
        head += tagging.HEAD
    else:
        rulebook = load()
        drawn = {kind: 1 if kind == HOME else 0.5 for kind in KINDS}
        tables = {k: table(list(_facts(rulebook, k)), drawn=drawn[k], little=20) for k in KINDS}
        pairs = [(kind, *line.split(" ", 1)) for kind, some in tables.items() for line in some]
        lines = [f"{weight} {kind} {seen}" for kind, weight, seen in pairs]
        head = _HEAD.format("a clause", "detection/fact_sight.py", what)
    text = head + "".join(f"{line}\n" for line in lines)
    resources.path(f"rules/tables/{TABLES[what]}").write_text(text, encoding="utf-8")
