"""Where a text names a person: each place where a surname stands is weighed, word by word.

The sum is that of logarithms of likelihoods (naive Bayes): how common the surname and how namelike
the characters after it, what words stand before and behind, whether any of it makes a common word.
Every look is bounded, so the walk is linear.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import resources
from detection.evidence import (
    GIVEN,
    LABEL_ENDS,
    MARKS,
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
from detection.literals import Literals
from detection.normal import END
from detection.told import told

_SURNAMES = resources.table("rules/tables/surnames.toml")
_DOUBLE = frozenset(_SURNAMES["double"])
_NO_NAMES = PUBLIC | frozenset(_SURNAMES["not_names"])
_TABLE = resources.table("rules/tables/naming.toml")
_GRAMMAR = frozenset(_TABLE["grammar"])
_SIGNS = frozenset(_TABLE["minority"]["signs"])
_PART = "|".join(sorted(_TABLE["minority"]["parts"].split(), key=len, reverse=True))
_HAN = "[㐀-䶿一-鿿𠀀-𲎯]"


_NO_HAN = "\0-㏿䷀-䷿ꀀ-\U0001ffff\U000323b0-\U0010ffff"


def _followers(least: int) -> str:
    """A class of the Han that weigh `least` or more after a surname."""
    return f"[^{_NO_HAN}{''.join(c for c, weight in GIVEN.items() if weight < least)}]"


# A surname, and after it what may begin a given name: the commoner the surname is as a part of
# words, the more its follower must be like one. One class stands first: that is searched fastest.
_RARE = "".join(c for c, weight in SURNAME.items() if weight >= 0)
_FIRSTS, _SECONDS = ("".join({double[at] for double in _DOUBLE}) for at in range(2))
_MAY_BEGIN = re.compile(
    f"[{''.join(SURNAME)}{_FIRSTS}](?:(?={_followers(-1)})"
    f"|(?<=[{_RARE}])(?={_followers(-2)})|(?<=[{_FIRSTS}])(?=[{_SECONDS}]))"
)
_SIGN = f"[{''.join(sorted(_SIGNS))}]"
_DOTTED = re.compile(f"{_SIGN}{{1,6}}(?:·{_SIGN}{{1,6}}){{1,3}}")
_PARTS = re.compile(f"(?:{_PART})(?:{_PART}){{0,1}}")
_IS_HAN = re.compile(_HAN)
# 柯　旺: lists spread a short name to the width of a long one. The blank stands first: few do.
_SPREAD = re.compile(f" (?<=[{''.join(SURNAME)}] ) {{0,3}}{_HAN}")
_PRIOR, _SHORT = WEIGHTS["prior"], WEIGHTS["short"]
_DOUBLE_BONUS = 9
_LOW = WEIGHTS["twice"]
_LEAST = _LOW - WEIGHTS["joined"] - WEIGHTS["backed"]
_MOST_AFTER = 5
# Words as strong on both sides are rare: what would need them is not looked at.
_NEAR = -1
# With less a name is out of reach where the surname ends a common word.
_LEAST_TAIL = _LOW - _MOST_AFTER - _PRIOR - WEIGHTS["tail"]
_MOST_KEPT = 1 << 16
# Words and signs so strong that a name of rare or common characters is one beside them.
_LABELS = Literals(PRIVATE_LABELS)
_LABEL_MARKS = frozenset(" :\t“")
_MOST_MARKS = 3
_ENDINGS = ("古丽", "买买提", "麦麦提", "艾买提")
_LONGEST_BEFORE = 4
_NO_SURNAME = -9
_COUNTED = 2
_BREAKS = frozenset(END + "\n")
_LIKE = 1
_SOMEBODY = "某"
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
        return max(c.weight if c.role is role else 0 for c in (self.before, self.after))


def mentions(text: str) -> Iterator[Mention]:
    """What may be a name in the normalised `text`, from the left; they do not overlap."""
    last: Mention | None = None
    for found in _candidates(text):
        if last is not None and found.start < last.end:
            if found.score > last.score:
                last = found
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _candidates(text: str) -> Iterable[Mention]:
    others = [*_others(text), *_evident(text), *_spread(text)]
    return sorted([*_surnamed(text), *others]) if others else _surnamed(text)


class _Beginning(NamedTuple):
    """What may be a name by its first three characters, whatever stands beside it.

    `surname`: how many characters it has. `base`: what it weighs with the first character after it,
    `short`: what it weighs that no second one follows. `weak`: if the surname ends a common word
    that says nothing of names, it is none.
    """

    surname: int
    base: int
    short: int
    weak: bool


class _Beginnings(dict[str, _Beginning | None]):
    """What each three characters make, None where no name is near; told when first asked."""

    def __missing__(self, three: str) -> _Beginning | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        known = self[three] = _beginning(three)
        return known


def _beginning(three: str) -> _Beginning | None:
    first, third = three[:2], GIVEN.get(three[2:], 0)
    if first in _DOUBLE:
        return _Beginning(2, _DOUBLE_BONUS + third, _SHORT, weak=False)
    base, short = SURNAME.get(first[0], _NO_SURNAME) + GIVEN.get(first[1], 0), _SHORT
    if first not in PAIRS:
        base += WEIGHTS["no_word"]
    elif base < -1:
        return None
    else:
        base, short = base + WEIGHTS["word"], short + WEIGHTS["short_word"]
    most = base + max(third, short)
    return _Beginning(1, base, short, most < _LEAST_TAIL) if most >= _NEAR else None


_beginnings = _Beginnings()


def _surnamed(text: str) -> Iterator[Mention]:
    for match in _MAY_BEGIN.finditer(text):
        start = match.start()
        # Most places fall at this first look,
        begins = _beginnings[text[start : start + 3]]
        if begins is None:
            continue
        surname, base, short, weak = begins
        # and most others at this: `_weigh` would come to the same.
        if weak and text[start - 1 : start + 1] in PAIRS and text[start - 1] not in LABEL_ENDS:
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
    left = before(text, start) if _may_be_said(text, start) else NONE
    base += _PRIOR + _beside_left(text, start, left)
    if left.weight >= _STRONG:
        base += _rarity(text, start, left)
    if base + max(second, short) + _MOST_AFTER < _LOW:
        return None
    best: tuple[int, int, Clue] | None = None
    for end, weight in ((given + 2, second), (given + 1, short)):
        more = weight
        if end == given + 2:
            if not _IS_HAN.match(text, end - 1):
                continue
            if text[given:end] in PAIRS:
                like = GIVEN.get(text[given], 0) + second
                more += WEIGHTS["given_word" if like > _LIKE else "plain_word"]
        # 李家 are the 李, and 李家湾 is where they live.
        if text[given] == _HOUSE and (end == given + 1 or text[end - 1] in PLACE_ENDS):
            continue
        if text[end - 1] in PLACE_ENDS:
            more += WEIGHTS["place"]
        right = after(text, end)
        score = base + more + _beside_right(text, end, right)
        if best is None or score > best[0]:
            best = score, end, right
    if best is None or best[0] < _LEAST:
        return None
    score, end, right = best
    name = text[start:end]
    return None if name in _NO_NAMES else Mention(start, end, name, score, left, right)


def _rarity(text: str, start: int, clue: Clue) -> int:
    """What a surname weighs less than a common one because words have it, where none does here.

    `clue`: words that by themselves nearly say that somebody is named; of the people only.
    """
    if clue.role is not Role.PRIVATE or text[start : start + 2] in PAIRS:
        return 0
    if text[start] in _GRAMMAR:
        return 0
    return max(0, _COMMON - SURNAME.get(text[start], _COMMON))


def _may_be_said(text: str, start: int) -> bool:
    """Is it worth looking for words before a surname that may end a common word?"""
    if not start:
        return False
    return text[start - 1] in LABEL_ENDS or text[start - 1 : start + 1] not in PAIRS


def _beside_left(text: str, start: int, clue: Clue) -> int:
    if start and clue.weight < 2 and _ends_a_word(text, start):
        return WEIGHTS["tail"]
    if clue is not NONE:
        return clue.weight
    if not start or text[start - 1] in MARKS:
        return WEIGHTS["edge"]
    return WEIGHTS["clean"] if text[max(0, start - 2) : start] in PAIRS else WEIGHTS["inside"]


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
        return WEIGHTS["across"]
    if clue is not NONE:
        return clue.weight
    if end >= len(text) or text[end] in MARKS:
        return WEIGHTS["edge"]
    return WEIGHTS["clean"] if text[end : end + 2] in PAIRS else WEIGHTS["inside"]


def _evident(text: str) -> Iterator[Mention]:
    """What is named beyond doubt by the words beside it, however little it is like a name."""
    for _, _, end in _LABELS.find(text):
        start, last = end, min(end + _MOST_MARKS, len(text))
        while start < last and text[start] in _LABEL_MARKS:
            start += 1
        found = _at(text, start)
        if found is not None:
            yield found
    for end in told(text):
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


def _others(text: str) -> Iterator[Mention]:
    """Names of other peoples: parts joined by a dot, or parts that are names by themselves."""
    if "·" in text:
        for match in _DOTTED.finditer(text):
            yield _foreign(text, *match.span())
    for match in _PARTS.finditer(text):
        start, end = match.span()
        if match[0].endswith(_ENDINGS):
            while match.start() - start < _LONGEST_BEFORE and text[start - 1 : start] in _SIGNS:
                start -= 1
        dotted = text[start - 1 : start] == "·" or text[end : end + 1] == "·"
        if end - start > 2 and not dotted:
            yield _foreign(text, start, end)


def _foreign(text: str, start: int, end: int) -> Mention:
    left, right = before(text, start), after(text, end)
    score = WEIGHTS["other"] + _beside_left(text, start, left) + _beside_right(text, end, right)
    return Mention(start, end, text[start:end], score, left, right)
