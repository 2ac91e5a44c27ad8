"""Where a text names a person: each place where a surname stands is weighed, word by word.

The sum is that of logarithms of odds, one for each thing that is seen there (`name_sight`). The
weights were learned from labelled texts (`tests/labelled/learning.py`); each is a line of
`rules/tables/name_weights.txt`. Every look is bounded, so the walk is linear.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from typing import NamedTuple

import resources
from detection import first_look, told
from detection.evidence import (
    GIVEN,
    OFTEN,
    PAIRS,
    PLACE_ENDS,
    PRIVATE_LABELS,
    PUBLIC,
    SURNAME,
    WEIGHTS,
    Clue,
    Role,
    after,
    before,
)
from detection.name_sight import (
    GRAMMAR,
    ahead,
    around,
    behind,
    kind_of,
    said,
    surname,
    within,
)
from detection.names import FRAGMENTS, NOT_NAMES
from detection.search import Signs
from detection.tagger import Tagged
from detection.weights import Sums, learned

_NO_NAMES = PUBLIC | NOT_NAMES
_TABLE = resources.table("rules/tables/naming.toml")
_SIGNS = frozenset(_TABLE["minority"]["signs"])
_PARTS = sorted(_TABLE["minority"]["parts"].split(), key=len, reverse=True)
_PART = f"(?:{'|'.join(_PARTS)})"
_HAN = FRAGMENTS["han"]
_SIGN = f"[{''.join(sorted(_SIGNS))}{_TABLE['minority']['dotted']}]"
_PIECE = f"(?:{_PART}|{_SIGN}{{2}})(?:{_PART}|{_SIGN}){{0,4}}"
_DOTTED = re.compile(f"{_PIECE}(?:·{_PIECE}){{1,3}}")
_OF_PARTS = re.compile(f"{_PART}{{1,3}}(?:{_TABLE['minority']['tails']}){{0,1}}")
_IS_HAN = re.compile(_HAN)
_NAME = re.compile(f"{_HAN}{{2,}}(?:·{_HAN}+){{0,3}}")
# 柯　旺: lists spread a short name to the width of a long one. The blank stands first: few do.
_SPREAD = re.compile(f" (?<=[{''.join(SURNAME)}] ) {{0,3}}{_HAN}")

_WEIGHTS = learned("name_weights.txt")
_BIAS = _WEIGHTS.get("bias", 0)
_WITHIN, _AHEAD, _BEHIND = (Sums(_WEIGHTS, seen) for seen in (within, ahead, behind))
_MOST_BEFORE, _MOST_BEHIND = (
    max((w for f, w in _WEIGHTS.items() if f.startswith(f"{side}: p")), default=0)
    for side in ("before", "behind")
)
"""What the words on one side weigh at most."""
_SAID = {"before": dict[Clue, int](), "behind": dict[Clue, int]()}
_LEAST = (
    WEIGHTS["found"]
    - WEIGHTS["companions"] * WEIGHTS["company"]
    - WEIGHTS["joined"]
    - WEIGHTS["backed"]
)
"""With less no place is a name, whatever the rest of the text says."""

_LABELS, _OWN = frozenset(PRIVATE_LABELS), frozenset(_PARTS)
SIGNS = (*PRIVATE_LABELS, *_PARTS, *told.SIGNS)
"""What speaks of a name so loudly that what begins there is weighed; parts of names."""

_LABEL_MARKS = frozenset(" :\t“")
_MOST_MARKS = 3
_ENDINGS = ("古丽", "买买提", "麦麦提", "艾买提")
_LONGEST_BEFORE = 4
# 张某 hides who it is, 令狐姓 are all of them.
_NO_GIVEN = frozenset("某姓")
_FIRM = re.compile(_TABLE["firm"])
_HOUSE = "家"
_PLACE_ENDS = PLACE_ENDS | frozenset(_TABLE["house_ends"])
_TWO, _STRONG = 2, 3
_CLEARLY = 100
"""So much a common word must outweigh that it is no name where it is read as one."""


class Candidate(NamedTuple):
    """Characters that may be a name. `kind`: how they were come by, "" for a surname."""

    start: int
    end: int
    kind: str = ""


class Mention(NamedTuple):
    """A place that may name a person: `score` is the sum in hundredths, `before` and `after` the
    clues that were seen beside it; `read`: the line as a whole says so, and the sum does not."""

    start: int
    end: int
    text: str
    score: int
    before: Clue
    after: Clue
    read: bool = False

    def speaks(self, role: Role) -> int:
        """How loudly the words beside the name say that its bearer is of this kind."""
        before = self.before.weight if self.before.role is role else 0
        after = self.after.weight if self.after.role is role else 0
        return max(before, after)


def mentions(text: str, signs: Signs, tagged: Sequence[Tagged] = ()) -> Iterator[Mention]:
    """What may be a name in the normalised `text`, from the left; they do not overlap. `tagged`:
    what was read as a name."""
    last: Mention | None = None
    for found in _weighed(text, signs, tagged):
        if last is not None and found.start < last.end:
            if found.score > last.score:
                last = found
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def candidates(text: str, signs: Signs) -> Iterator[Candidate]:
    """All that may be a name in the normalised `text`, however little it is like one."""
    for match in first_look.MAY_BEGIN.finditer(text):
        start = match.start()
        for end in _ends(text, start):
            if not _names_nobody(text, start, end):
                yield Candidate(start, end)
    yield from _others(text, signs)


def sight(text: str, one: Candidate) -> tuple[tuple[str, ...], Clue, Clue]:
    """What is seen of a candidate, all by name; and the clues before and behind it."""
    left, right = before(text, one.start), after(text, one.end)
    return tuple(around(text, one.start, one.end, one.kind, left, right)), left, right


def weigh(text: str, one: Candidate) -> Mention:
    """The sum over what is seen of a candidate."""
    start, end, kind = one
    left, right = before(text, start), after(text, end)
    score = (
        _BIAS
        + (_WEIGHTS.get(kind_of(kind), 0) if kind else _WITHIN[text[start:end]])
        + _AHEAD[text[max(start - 2, 0) : start + 1]]
        + _BEHIND[text[end - 1 : end + 2]]
        + _weight_of("before", left)
        + _weight_of("behind", right)
    )
    return Mention(start, end, text[start:end], score, left, right)


def _weight_of(side: str, clue: Clue) -> int:
    known = _SAID[side].get(clue)
    if known is None:
        known = _SAID[side][clue] = _WEIGHTS.get(said(side, clue), 0)
    return known


def _weighed(text: str, signs: Signs, tagged: Sequence[Tagged]) -> Iterable[Mention]:
    surnamed = (_best(text, start) for start in _starts(text, signs))
    found = (one for one in surnamed if one is not None)
    others = [weigh(text, one) for one in _others(text, signs)]
    others += [name for one in tagged if (name := _read(text, one)) is not None]
    return merge(found, sorted(others)) if others else found


def _read(text: str, one: Tagged) -> Mention | None:
    """What was read as a name, however little it is like others; None for what is known to be
    none, and for what a common word runs over or is."""
    start, end = one.start, one.end
    if _NAME.fullmatch(text, start, end) is None or not _NO_GIVEN.isdisjoint(text[start + 1 : end]):
        return None
    if _names_nobody(text, start, end) or _FIRM.match(text, end):
        return None
    given = end - start - surname(text[start : start + _TWO])
    found = weigh(text, Candidate(start, end, "" if 0 < given <= _TWO else "read"))
    if _is_word(found):
        return None
    enough = WEIGHTS["found"]
    if found.score >= enough and first_look.MAY_BEGIN.match(text, start):
        return found
    over = text[max(start - 1, 0) : start + 1] in PAIRS or text[end - 1 : end + 1] in PAIRS
    if over or (found.text in PAIRS and one.score < _CLEARLY):
        return None
    return found._replace(score=enough, read=True)


def _starts(text: str, signs: Signs) -> Sequence[int]:
    return sorted({*first_look.starts(text), *_evident(text, signs)})


def _ends(text: str, start: int) -> Sequence[int]:
    """Where what may be a name ends that begins at `start`."""
    given = start + surname(text[start : start + _TWO])
    if text[given : given + 1] in _NO_GIVEN or not _IS_HAN.match(text, given):
        return ()
    return (given + 1, given + 2) if _IS_HAN.match(text, given + 1) else (given + 1,)


def _names_nobody(text: str, start: int, end: int) -> bool:
    """Part of 焦裕禄, 东方红, 扎西德勒 or another such word; a place."""
    beginning, name = text[start : start + 4], text[start:end]
    around = (beginning[:3], beginning, text[max(start - 1, 0) : start + 2])
    if not _NO_NAMES.isdisjoint((name, *around, text[max(start - 2, 0) : start + 1])):
        return True
    # 李家 are the 李, and 李家湾 is where they live.
    return name[1] == _HOUSE and (len(name) == _TWO or name[-1] in _PLACE_ENDS)


def _best(text: str, start: int) -> Mention | None:
    """The best reading of the characters from `start` as a name, None where none is near."""
    lead = _BIAS + _AHEAD[text[max(start - 2, 0) : start + 1]]
    best, left, least = None, None, _LEAST
    for end in _ends(text, start):
        near = lead + _WITHIN[text[start:end]] + _BEHIND[text[end - 1 : end + 2]]
        if near + _MOST_BEFORE + _MOST_BEHIND < least:
            continue
        left = before(text, start) if left is None else left
        near += _weight_of("before", left)
        if near + _MOST_BEHIND < least:
            continue
        right = after(text, end)
        near += _weight_of("behind", right)
        if near >= least:
            best, least = Mention(start, end, text[start:end], near, left, right), near
    if best is None or _names_nobody(text, start, best.end) or _is_word(best):
        return None
    return None if _FIRM.match(text, best.end) else best


def _is_word(one: Mention) -> bool:
    """Frequent words, and what stands beside does not say loudly enough that they are a name."""
    if one.text in OFTEN:
        return max(one.before.weight, one.after.weight) < _STRONG
    given, common = one.text[1:], SURNAME.get(one.text[0], 0)
    if common < 0 and given in OFTEN:  # 权依法
        return True
    # 向有关: what joins words stands behind a role as often as a name.
    if one.text[0] not in GRAMMAR or one.after.weight >= _STRONG:
        return False
    like = sum(GIVEN.get(character, 0) for character in given) > 1
    return given in _NO_NAMES or (given in OFTEN and not like)


def _evident(text: str, signs: Signs) -> Iterator[int]:
    """Where a name begins if anything does, by the words beside it."""
    labels = [(sign, starts) for sign, starts in signs.items() if sign in _LABELS]
    for label in [at + len(sign) for sign, starts in labels for at in starts]:
        start, last = label, min(label + _MOST_MARKS, len(text))
        while start < last and text[start] in _LABEL_MARKS:
            start += 1
        if first_look.MAY_BEGIN.match(text, start):
            yield start
    for end in told.told(text, signs):
        for start in range(max(end - 4, 0), end - 1):
            if first_look.MAY_BEGIN.match(text, start):
                yield start


def _others(text: str, signs: Signs) -> Iterator[Candidate]:
    """Names of other peoples: pieces joined by a dot, or parts that are names by themselves; and
    names with blanks within."""
    yield from _spread(text)
    if "·" in text:
        for match in _DOTTED.finditer(text):
            yield Candidate(*match.span(), "dotted")
    free = 0
    for first in sorted({at for sign, starts in signs.items() if sign in _OWN for at in starts}):
        known = _OF_PARTS.match(text, first) if first >= free else None
        if known is None:
            continue
        free = end = known.end()
        start = _lead(text, first, known[0])
        dotted = text[start - 1 : start] == "·" or text[end : end + 1] == "·"
        if dotted or text[start : start + 4] in _NO_NAMES:
            continue
        if end - start > _TWO:
            yield Candidate(start, end, "parts")
        elif text[start - 1 : start + 1] not in PAIRS and text[end - 1 : end + 1] not in PAIRS:
            yield Candidate(start, end, "part")


def _spread(text: str) -> Iterator[Candidate]:
    """Names of two characters with blanks between; beside them a mark, or words that tell."""
    for match in _SPREAD.finditer(text):
        start, end = match.start() - 1, match.end()
        together = text[start] + text[end - 1]
        like = SURNAME[text[start]] + GIVEN.get(text[end - 1], 0)
        if like <= 0 or together in PAIRS or together in _NO_NAMES:
            continue
        if start and _IS_HAN.match(text, start - 1) and before(text, start).weight < _STRONG:
            continue
        if _IS_HAN.match(text, end) and after(text, end).weight < _TWO:
            continue
        yield Candidate(start, end, f"spread {like}")


def _lead(text: str, start: int, parts: str) -> int:
    """Where a name begins of which `parts` are known: more syllables before, or a surname."""
    first = start
    if parts.endswith(_ENDINGS):
        while first - start < _LONGEST_BEFORE and text[start - 1 : start] in _SIGNS:
            start -= 1
    if first == start and SURNAME.get(text[start - 1 : start], 0) >= _TWO:
        return start if text[max(start - 2, 0) : start] in PAIRS else start - 1
    return start
