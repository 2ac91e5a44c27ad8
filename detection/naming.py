"""Where a text names a person: each place where a surname stands is weighed, word by word.

The sum is that of logarithms of likelihoods (naive Bayes): how common the surname and how namelike
the characters after it, what words stand before and behind, whether any of it makes a common word.
Every look is bounded, so the walk is linear.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import resources
from detection import told
from detection.evidence import (
    GIVEN,
    LABEL_ENDS,
    MARKS,
    MAY_TELL,
    NONE,
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
from detection.first_look import MAY_BEGIN, Beginnings
from detection.normal import END
from detection.search import Signs

_NO_NAMES = PUBLIC | frozenset(resources.table("rules/tables/surnames.toml")["not_names"])
_TABLE = resources.table("rules/tables/naming.toml")
_GRAMMAR = frozenset(_TABLE["grammar"])
_DONE = frozenset(_TABLE["done"])
_NOT_DONE = frozenset(_TABLE["not_done"])
_TOWN_ENDS = frozenset(_TABLE["town_ends"])
_HOUSE_ENDS = frozenset(_TABLE["house_ends"])
_SIGNS = frozenset(_TABLE["minority"]["signs"])
_PARTS = sorted(_TABLE["minority"]["parts"].split(), key=len, reverse=True)
_PART = f"(?:{'|'.join(_PARTS)})"
_HAN = "[㐀-䶿一-鿿𠀀-𲎯]"
_SIGN = f"[{''.join(sorted(_SIGNS))}{_TABLE['minority']['dotted']}]"
_PIECE = f"(?:{_PART}|{_SIGN}{{2}})(?:{_PART}|{_SIGN}){{0,4}}"
_DOTTED = re.compile(f"{_PIECE}(?:·{_PIECE}){{1,3}}")
_OF_PARTS = re.compile(f"{_PART}{{1,3}}(?:{_TABLE['minority']['tails']}){{0,1}}")
_IS_HAN = re.compile(_HAN)
# 柯　旺: lists spread a short name to the width of a long one. The blank stands first: few do.
_SPREAD = re.compile(f" (?<=[{''.join(SURNAME)}] ) {{0,3}}{_HAN}")
_PRIOR, _SHORT = WEIGHTS["prior"], WEIGHTS["short"]
_TAIL, _PLACE, _ACROSS = WEIGHTS["tail"], WEIGHTS["place"], WEIGHTS["across"]
_EDGE, _CLEAN, _INSIDE = WEIGHTS["edge"], WEIGHTS["clean"], WEIGHTS["inside"]
_TOWN, _ACTED = WEIGHTS["town"], WEIGHTS["acted"]
_LOW = WEIGHTS["twice"]
_LEAST = _LOW - WEIGHTS["joined"] - WEIGHTS["backed"]
_MOST_AFTER = 5
# With less a name is out of reach where the surname ends a common word.
_LEAST_TAIL = _LOW - _MOST_AFTER - _PRIOR - _TAIL
_CLOSED = frozenset(two for two in PAIRS if two[0] not in LABEL_ENDS)
"""Common words; before a surname at the end of one no words that tell of a name are looked for."""

_LABELS, _OWN = frozenset(PRIVATE_LABELS), frozenset(_PARTS)
SIGNS = (*PRIVATE_LABELS, *_PARTS, *told.SIGNS)
"""What speaks of a name so loudly that one of rare or common characters is one; parts of names."""

_LABEL_MARKS = frozenset(" :\t“")
_MOST_MARKS = 3
_ENDINGS = ("古丽", "买买提", "麦麦提", "艾买提")
_LONGEST_BEFORE = 4
_COUNTED = 2
_BREAKS = frozenset(END + "\n")
_LIKE = 1
_SOMEBODY = "某"
_FAMILY = "姓"
_TWO = 2
_STRONG = 3
_COMMON = 1
_HOUSE, _HOUSEHOLD = "家", "户"


class Mention(NamedTuple):
    """A place that may name a person: `score` is the sum, `clues` what was seen beside it."""

    start: int
    end: int
    text: str
    score: int
    before: Clue
    after: Clue

    def speaks(self, role: Role) -> int:
        """How loudly the words beside the name say that its bearer is of this kind."""
        before = self.before.weight if self.before.role is role else 0
        after = self.after.weight if self.after.role is role else 0
        return max(before, after)


def mentions(text: str, signs: Signs) -> Iterator[Mention]:
    """What may be a name in the normalised `text`, from the left; they do not overlap."""
    last: Mention | None = None
    for found in _candidates(text, signs):
        if last is not None and found.start < last.end:
            if found.score > last.score:
                last = found
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _candidates(text: str, signs: Signs) -> Iterable[Mention]:
    others = [*_others(text, signs), *_evident(text, signs), *_spread(text)]
    return sorted([*_surnamed(text), *others]) if others else _surnamed(text)


_beginnings = Beginnings()


def _surnamed(text: str) -> Iterator[Mention]:
    for match in MAY_BEGIN.finditer(text):
        start = match.start()
        # Most places fall at this first look,
        begins = _beginnings[text[start : start + 3]]
        if begins is None:
            continue
        surname, base, short, most = begins
        # and most others at this: `_weigh` would come to the same.
        if most < _LEAST_TAIL and text[start - 1 : start + 1] in _CLOSED:
            continue
        found = _weigh(text, start, start + surname, base, short)
        if found is not None:
            yield found


def _weigh(text: str, start: int, given: int, base: int, short: int) -> Mention | None:
    """The best reading of the characters from `start` as a name, None where none is near.

    `given`: where the given name begins. `base`: what the surname and the first character after
    it weigh. `short`: what it weighs that there is no second one.
    """
    second = GIVEN.get(text[given + 1 : given + 2], 0)
    left, beside = NONE, _TAIL
    if text[start - 1 : start + 1] not in _CLOSED:
        left = before(text, start)
        beside = _beside_left(text, start, left)
    base += _PRIOR + beside
    if left.weight >= _STRONG:
        base += _rarity(text, start, left)
    if base + max(second, short) + _MOST_AFTER < _LOW:
        return None
    first = text[given : given + 1]
    best, end, right = _LEAST - 1, start, NONE
    for stop, weight in ((given + 2, second), (given + 1, short)):
        more = base + weight
        if stop == given + 2:
            if not second and not _IS_HAN.match(text, given + 1):
                continue
            if text[given:stop] in PAIRS:
                like = GIVEN.get(first, 0) + second > _LIKE
                ruled = text[start] in _GRAMMAR and not (like and left.weight >= _STRONG)
                word = "given_word" if like else "plain_word"
                more += WEIGHTS["ruled_word" if ruled else word]
        last = text[stop - 1]
        # 李家 are the 李, and 李家湾 is where they live.
        if first == _HOUSE and (stop == given + 1 or last in PLACE_ENDS or last in _HOUSE_ENDS):
            continue
        if last in PLACE_ENDS:
            more += _TOWN if last in _TOWN_ENDS else _PLACE
        # What tells nothing weighs no more than an act: often nothing behind makes it the better.
        tells = text[stop : stop + 1] in MAY_TELL
        if more + (_MOST_AFTER if tells else _ACTED) <= best:
            continue
        clue = after(text, stop) if tells else NONE
        score = more + _beside_right(text, stop, clue)
        if score > best:
            best, end, right = score, stop, clue
    if end == start or first == _FAMILY:  # 令狐姓 are all of them.
        return None
    name = text[start:end]
    # No part of 焦裕禄, 东方红, 扎西德勒 is a name either.
    beginning = text[start : start + 4]
    around = (name, beginning[:3], beginning, text[max(start - 1, 0) : start + 2])
    if not _NO_NAMES.isdisjoint(around):
        return None
    return Mention(start, end, name, best, left, right)


def _rarity(text: str, start: int, clue: Clue) -> int:
    """What a surname weighs less than a common one because words have it, where none does here.

    `clue`: words that by themselves nearly say that somebody is named; of the people only.
    """
    if clue.role is not Role.PRIVATE or text[start : start + 2] in PAIRS:
        return 0
    if text[start] in _GRAMMAR:
        return 0
    return max(0, _COMMON - SURNAME.get(text[start], _COMMON))


def _beside_left(text: str, start: int, clue: Clue) -> int:
    if start and clue.weight < 2 and _ends_a_word(text, start):
        return _TAIL
    if clue is not NONE:
        return clue.weight
    if not start or text[start - 1] in MARKS:
        return _EDGE
    return _CLEAN if text[max(0, start - 2) : start] in PAIRS else _INSIDE


def _ends_a_word(text: str, start: int) -> bool:
    """Does the surname end a common word, or count what a number before it says: 2024年, 3万?"""
    last = text[start - 1]
    if last in _BREAKS:  # A word may run over from the line before.
        last = text[start - 2 : start - 1]
    return last + text[start] in PAIRS or (
        last.isdigit() and SURNAME.get(text[start], 0) < _COUNTED
    )


def _beside_right(text: str, end: int, clue: Clue) -> int:
    if clue.role is Role.PLACE:
        return clue.weight
    following = text[end : end + 1]
    if following in _BREAKS:
        following = text[end + 1 : end + 2]
    across = text[end - 1] + following in PAIRS
    # 户 speaks for a name, but not where it ends a word with the name's last: 农户, 用户.
    if across and (clue.weight < 2 or following == _HOUSEHOLD):
        return _ACROSS
    if clue is not NONE:
        return clue.weight
    if end >= len(text) or text[end] in MARKS:
        return _EDGE
    known = text[end : end + 2] in PAIRS
    if text[end + 1 + known : end + 2 + known] in _DONE and text[end + known] not in _NOT_DONE:
        return _ACTED
    return _CLEAN if known else _INSIDE


def _evident(text: str, signs: Signs) -> Iterator[Mention]:
    """What is named beyond doubt by the words beside it, however little it is like a name."""
    labels = [(sign, starts) for sign, starts in signs.items() if sign in _LABELS]
    for end in [at + len(sign) for sign, starts in labels for at in starts]:
        start, last = end, min(end + _MOST_MARKS, len(text))
        while start < last and text[start] in _LABEL_MARKS:
            start += 1
        found = _at(text, start)
        if found is not None:
            yield found
    for end in told.told(text, signs):
        for start in (end - 3, end - 2):
            found = _at(text, max(start, 0))
            if found is not None and found.end == end:
                yield found


def _at(text: str, start: int) -> Mention | None:
    """The name that begins here, if any."""
    first = text[start : start + 2]
    if len(first) < _TWO or first[0] not in SURNAME or not _IS_HAN.match(first, 1):
        return None
    if first[1] == _SOMEBODY:
        return None
    known = first in PAIRS
    base = SURNAME[first[0]] + GIVEN.get(first[1], 0) + WEIGHTS["word" if known else "no_word"]
    short = _SHORT + (WEIGHTS["short_word"] if known else 0)
    return _weigh(text, start, start + 1, base, short)


def _spread(text: str) -> Iterator[Mention]:
    """Names of two characters with blanks between; beside them a mark, or words that tell."""
    for match in _SPREAD.finditer(text):
        start, end = match.start() - 1, match.end()
        together = text[start] + text[end - 1]
        if together in PAIRS or together in _NO_NAMES:
            continue
        left, right = before(text, start), after(text, end)
        if start and _IS_HAN.match(text, start - 1) and left.weight < _STRONG:
            continue
        if _IS_HAN.match(text, end) and right.weight < _TWO:
            continue
        score = SURNAME[text[start]] + GIVEN.get(text[end - 1], 0) + WEIGHTS["no_word"]
        score += _PRIOR + _SHORT + _beside_left(text, start, left) + _beside_right(text, end, right)
        if score >= _LEAST:
            yield Mention(start, end, text[start:end], score, left, right)


def _others(text: str, signs: Signs) -> Iterator[Mention]:
    """Names of other peoples: pieces joined by a dot, or parts that are names by themselves."""
    if "·" in text:
        for match in _DOTTED.finditer(text):
            yield _foreign(text, *match.span(), WEIGHTS["dotted"])
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
            yield _foreign(text, start, end, WEIGHTS["other"])
        elif text[start - 1 : start + 1] not in PAIRS and text[end - 1 : end + 1] not in PAIRS:
            yield _foreign(text, start, end, WEIGHTS["part"])


def _lead(text: str, start: int, parts: str) -> int:
    """Where a name begins of which `parts` are known: more syllables before, or a surname."""
    first = start
    if parts.endswith(_ENDINGS):
        while first - start < _LONGEST_BEFORE and text[start - 1 : start] in _SIGNS:
            start -= 1
    if first == start and SURNAME.get(text[start - 1 : start], 0) >= _TWO:
        return start if text[max(start - 2, 0) : start] in PAIRS else start - 1
    return start


def _foreign(text: str, start: int, end: int, score: int) -> Mention:
    left, right = before(text, start), after(text, end)
    score += _beside_left(text, start, left) + _beside_right(text, end, right)
    return Mention(start, end, text[start:end], score, left, right)
