"""Where people live, in running text: each run of a place's parts is weighed.

The sum is that of logarithms of likelihoods, one for each thing that is seen of a run
(`place_runs`). The weights were learned from labelled texts (`tests/labelled/learning.py`); each
is a line of `rules/tables/dwelling_weights.txt`, so that every find can say why.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import resources
from detection.alternatives import grouped
from detection.judge import Hit, Judge
from detection.linking import Place, of_whom, with_certainty
from detection.masks import mask_name
from detection.place_pieces import FINE, pieces
from detection.place_runs import Run, runs
from detection.rule import Rule
from detection.search import Signs
from detection.sheaf import Sheaf
from detection.tagger import Tagged
from detection.weights import certainty, learned

DWELLING = "address-in-text"
"""The id of the rule whose finds are homes in running text."""

_FOUND = 40
_NEVER = -300
"""Where the words around tell no home more clearly than this, none is looked for."""
_DOUBTFUL = 100
"""What was seen no more clearly, though the line does not read so and its words speak against it,
is as often none."""
_WIDE = ({"village"}, {"town", "county"})
_FURTHER = frozenset(f"in.{kind}" for kind in (*FINE, "building", "side", "town", "county"))
_REACH = 60
_BACK, _AHEAD = 300, 500
"""So much of a line is looked at together: a text without an end of line costs no more."""
_ENDS = re.compile("[\0\n]")
_TABLE = resources.table("rules/tables/dwellings.toml")


def _signs() -> tuple[str, ...]:
    sides = (("before", "dwell"), ("before", "field"), ("after", "one"), ("after", "home"))
    rows = [_TABLE["signs"], *(_TABLE[side][name]["words"] for side, name in sides)]
    return tuple(dict.fromkeys(word for row in rows for word in row.split() if _tells(word)))


def _tells(word: str) -> bool:
    """Words of one character stand everywhere, but for those that the table gives as signs."""
    return len(word) > 1 or word in _TABLE["signs"]


SIGNS = _signs()
"""What a line that names nobody must hold to be looked at."""

_IS_SIGN = frozenset(SIGNS)
_LIVES = re.compile(_TABLE["lives"])
_LIVE = "住"
_PLACED = re.compile(grouped(_TABLE["placed"]))
_BARE = re.compile(_TABLE["bare"])

Span = tuple[int, int]
Said = Callable[[int, int], int]


_WEIGHTS = learned("dwelling_weights.txt")
_BIAS = _WEIGHTS.get("bias", 0)


class Dwellings:
    """Finds the homes in the sheaves of one reading."""

    def __init__(self, rules: Sequence[Rule], judge: Judge) -> None:
        self._rule = next((rule for rule in rules if rule.id == DWELLING), None)
        self._judge = judge

    def read(
        self,
        sheaf: Sheaf,
        signs: Signs,
        named: Sequence[Place],
        said: Said | None = None,
        tagged: Sequence[Tagged] | None = None,
    ) -> Iterator[Hit]:
        """The homes in a sheaf; `named`: where it names private persons. `said`: how clearly the
        words around a span tell a home (`facts`). `tagged`: what was read as one, None where
        lines are not read."""
        if self._rule is None:
            return
        text, persons = sheaf.text, [(one.start, one.end) for one in named]
        read = [
            _Home(one.start, one.end, one.score)
            for one in tagged or ()
            if _leads_on(text[one.start : one.end])
        ]
        seen = list[_Home]()
        for run in candidates(text, told(text, signs), persons, said):
            score = weigh(run.features)
            span = run.start, run.end
            if score > _FOUND and not (_is_village(run) or _BARE.fullmatch(text, *span)):
                seen.append(_Home(*span, score, run))
        for home in _joined([*read, *seen]):
            span, told_here = (home.start, home.end), said(home.start, home.end) if said else 0
            if told_here <= _NEVER:
                continue
            if home.run is None and not (home.score > 0 and _names_one(text, *span, persons)):
                continue  # Read alone, and of nobody: as often the place of an office or a work.
            if tagged is not None and home.unread and home.score <= _DOUBTFUL and told_here < 0:
                continue
            near = bisect_left(persons, (home.start - _REACH, 0))
            until = bisect_left(persons, (home.end + _REACH, 0))
            whose = of_whom(text, span, named[near:until], _REACH)
            pattern = with_certainty("dwelling", certainty(home.score))
            because = _because(home.run, whose)
            yield from self._judge.hits(self._rule, pattern, sheaf, *span, because)


class _Home(NamedTuple):
    start: int
    end: int
    score: int
    run: Run | None = None
    """What was seen of it; None where it was read alone."""
    joined: bool = False

    @property
    def unread(self) -> bool:
        """It was seen, and not read."""
        return self.run is not None and not self.joined


def _joined(homes: Sequence[_Home]) -> Iterator[_Home]:
    """Those that overlap as one: what hides half of a home hides nothing."""
    last: _Home | None = None
    for home in sorted(homes, key=lambda one: one[:2]):
        if last is not None and home.start < last.end:
            end, score = max(last.end, home.end), max(last.score, home.score)
            last = _Home(last.start, end, score, last.run or home.run, joined=True)
            continue
        if last is not None:
            yield last
        last = home
    if last is not None:
        yield last


def _names_one(text: str, start: int, end: int, persons: Sequence[Span]) -> bool:
    """Is one of `persons` named in the line around a span?"""
    low = max(start - _BACK, 0)
    first = max(text.rfind("\0", low, start), text.rfind("\n", low, start), low - 1) + 1
    match = _ENDS.search(text, end, end + _AHEAD)
    later = bisect_left(persons, (first, 0))
    last = match.start() if match else end + _AHEAD
    return later < len(persons) and persons[later][0] < last


def _leads_on(text: str) -> bool:
    """Is it more than a village or a town by its name, which may be public?"""
    kinds = {one.part for one in pieces(text, 0, len(text), ()) if one.part}
    return _BARE.fullmatch(text) is None and not any(kinds and kinds <= wide for wide in _WIDE)


def _is_village(run: Run) -> bool:
    """A village by its name alone may be public, whoever lives there."""
    return "lastkind.village" in run.features and _FURTHER.isdisjoint(run.features)


def weigh(features: Iterable[str]) -> int:
    """The sum, in hundredths; the more above zero the likelier a home."""
    return _BIAS + sum(_WEIGHTS.get(feature, 0) for feature in features)


def told(text: str, signs: Signs) -> list[int]:
    """Where it is told that somebody lives, rising."""
    found = [at for sign, places in signs.items() if sign in _IS_SIGN for at in places]
    return sorted(at for at in found if text[at] != _LIVE or _LIVES.match(text, at))


def candidates(
    text: str, places: Sequence[int], persons: Sequence[Span], said: Said | None = None
) -> Iterator[Run]:
    """The runs in the lines that may tell of a home: in which one of `places` lies (`told`), or
    one of `persons` is named; and whose words do not speak against it."""
    at = 0
    for first in sorted((*places, *(start for start, _ in persons))):
        if first < at:
            continue
        begin = max(at, first - _BACK)
        start = max(text.rfind("\0", begin, first), text.rfind("\n", begin, first), begin - 1) + 1
        match = _ENDS.search(text, first, first + _AHEAD)
        end = match.start() if match else min(first + _AHEAD, len(text))
        if (said is None or said(start, end) > _NEVER) and _PLACED.search(text, start, end):
            here = persons[bisect_left(persons, (start, 0)) : bisect_left(persons, (end, 0))]
            yield from runs(text, start, end, here)
        at = end


_PARTS = (("in.group", "组"), ("in.house", "门牌"), ("in.room", "室号"), ("in.hamlet", "小地名"),
          ("in.estate", "小区"), ("in.side", "旁边的地方"), ("in.building", "房屋"))  # fmt: skip


def _because(run: Run | None, whose: Place | None) -> str:
    """What spoke for it, a Chinese sentence without a word of the text."""
    seen = [f"前面写着“{run.word}”"] if run is not None and run.word else []
    parts = [says for feature, says in _PARTS if run is not None and feature in run.features]
    if parts:
        seen.append("写到" + "、".join(parts))
    if whose is not None:
        seen.append(f"与“{mask_name(whose.key[1])}”写在一起")
    return "依据：" + "，".join(seen or ["整句读来是住的地方"]) + "。"
