"""Learns the weights of `detection/dwellings.py` from labelled texts.

`python -m tests.labelled --learn` writes them anew: a logistic regression over what is seen of each
run, trained on the lines of `told/` (each by another hand), the develop parts and the examples of
the rule itself. What is held out is never read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

import resources
from detection import load, scan
from detection.dwellings import DWELLING, SIGNS, candidates
from detection.dwellings import told as told_in
from detection.linking import PERSON
from detection.literals import Literals
from detection.normal import normalise
from detection.rulebook import Rulebook
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.labelled import corpus

TOLD = Path(__file__).parent / "told"
_MARK = re.compile(r"⟦([nh]):([^⟧]*)⟧")
_SEEN, _ROUGH = 4, 1.0
"""A feature must be seen so often; how strongly weights are drawn to nothing."""
_TURNS, _SAME = 2, 0.5
_WEIGHTS = "rules/tables/dwelling_weights.txt"
_HEAD = """\
# What each thing seen of a place weighs for its being somebody's home: hundredths of a natural
# logarithm of odds (detection/dwellings.py).
# Written by a command (python -m tests.labelled --learn); not to be edited.
"""


Span = tuple[int, int]


class Told(NamedTuple):
    """A text and the spans of the homes in it."""

    text: str
    homes: tuple[Span, ...]
    names: tuple[Span, ...] = ()


class _Case(NamedTuple):
    features: tuple[str, ...]
    home: bool
    share: float


def told(name: str) -> list[Told]:
    """The lines of a file of `told/`; ⟦h:…⟧ is a home, ⟦n:…⟧ a name."""
    lines = (TOLD / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [unmarked(line) for line in lines if line.strip()]


def unmarked(line: str) -> Told:
    """The text of a marked line and where its homes and names lie."""
    text, at = "", 0
    spans: dict[str, list[Span]] = {"h": [], "n": []}
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans[mark[1]].append((len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Told(text + line[at:], tuple(spans["h"]), tuple(spans["n"]))


def _develop() -> Iterator[Told]:
    """The running texts of the develop parts, each wording at most twice, and the ordinary ones."""
    seen: Counter[str] = Counter()
    for part in corpus.PARTS:
        if not part.startswith("develop"):
            continue
        for paper in [*corpus.papers(part), *corpus.papers(part, ordinary=True)]:
            for where, text in paper.texts() if paper.full else ():
                homes = tuple((m.start, m.end) for m in text.marks if m.kind == "address")
                bare = text.text
                for start, end in sorted(homes, reverse=True):
                    bare = bare[:start] + bare[end:]
                wording = re.sub("[0-9]", "", bare)
                seen[wording] += 1
                if where not in {"table", "name"} and seen[wording] <= _TURNS:
                    yield Told(text.text, homes)


def _examples(rulebook: Rulebook) -> Iterator[Told]:
    rule = rulebook.rule(DWELLING)
    for example in (*rule.hit, *rule.miss) if rule else ():
        yield unmarked(example.text.replace("⟦", "⟦h:"))


def _cases(texts: Sequence[Told], rulebook: Rulebook, share: float) -> Iterator[_Case]:
    known = Literals(SIGNS)
    for one in texts:
        place = Place(Part.BODY, paragraph=1)
        found = scan(Reading(Kind.TXT, (Segment(place, one.text),)), rulebook)
        flat = normalise(one.text)
        persons = [
            (flat.flat(f.span[0]), flat.flat(f.span[1] - 1) + 1) for f in found if f.rule == PERSON
        ]
        homes = [(flat.flat(start), flat.flat(end - 1) + 1) for start, end in one.homes]
        places = told_in(flat.text, {SIGNS[n]: at for n, at in known.find(flat.text).items()})
        for run in candidates(flat.text, places, persons):
            shared = max((min(run.end, b) - max(run.start, a) for a, b in homes), default=0)
            length = min([run.end - run.start, *(b - a for a, b in homes)])
            yield _Case(run.features, shared > 0 and shared >= _SAME * length, share)


def learned() -> str:
    """The table of weights."""
    rulebook = load()
    cases = [
        *_cases(list(_develop()), rulebook, 0.7),
        *_cases([t for path in sorted(TOLD.glob("*.txt")) for t in told(path.stem)], rulebook, 1),
        *_cases(list(_examples(rulebook)), rulebook, 6),
    ]
    seen = Counter(feature for case in cases for feature in case.features)
    features = sorted(f for f, count in seen.items() if count >= _SEEN)
    number = {feature: n for n, feature in enumerate(features)}
    rows = np.zeros((len(cases), len(features) + 1))
    rows[:, -1] = 1
    for row, case in enumerate(cases):
        rows[row, [number[f] for f in case.features if f in number]] = 1
    weights = _fitted(rows, np.array([c.home for c in cases]), np.array([c.share for c in cases]))
    lines = [f"{round(100 * w)} {f}" for f, w in zip([*features, "bias"], weights, strict=True)]
    return _HEAD + "".join(f"{line}\n" for line in lines if not line.startswith("0 "))


def _fitted(rows: "np.ndarray", homes: "np.ndarray", shares: "np.ndarray") -> "np.ndarray":
    """By Newton's method; the last column is the bias, which is drawn nowhere."""
    weights = np.zeros(rows.shape[1])
    drawn = np.full(rows.shape[1], _ROUGH)
    drawn[-1] = 0
    for _ in range(25):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (shares * (likely - homes)) + drawn * weights
        bend = (rows.T * (shares * likely * (1 - likely))) @ rows
        weights -= np.linalg.solve(bend + np.diag(drawn + 1e-6), slope)
    return weights


def write() -> None:
    """Write the table of weights anew."""
    resources.path(_WEIGHTS).write_text(learned(), encoding="utf-8")
