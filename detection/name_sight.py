"""What is seen of characters that may name a person, each thing a feature that has a weight.

Most of it depends on the few characters at hand: how common the surname is and how namelike what
follows, which character stands beside, whether a common word runs over the end. The words beside
a name (`evidence`) tell the rest. `naming` adds the weights up.
"""

import re
from collections.abc import Iterator

import resources
from detection.evidence import GIVEN, MARKS, OFTEN, PAIRS, PLACE_ENDS, SURNAME, Clue
from detection.names import DOUBLE, FRAGMENTS
from detection.normal import END, JOIN

GRAMMAR = frozenset(resources.table("rules/tables/naming.toml")["grammar"])
"""Surnames that join words of a sentence, as likely behind a role as a name."""

_DOUBLE = 9
"""What a surname of two characters weighs in the place of how common it is."""
RARE = -3
"""And one that only surnames of two begin with."""
_LEAST, _MOST = -6, 9
_LIKE = 1
_COUNTED = 2
_TWO = 2
_BREAKS = frozenset(END + "\n")
_BLANK = frozenset(END + JOIN + "\n\t ")
"""What no line of a table can name."""
_IS_HAN = re.compile(FRAGMENTS["han"])


def surname(text: str) -> int:
    """How many characters the surname has that `text` begins with."""
    return _TWO if text[:_TWO] in DOUBLE else 1


SUM = "sum"
WORDS = "a word", "a frequent word"
"""How common words of two characters are called; SUM where two make none."""


def _word(pair: str) -> str:
    """How a common word of two characters is called."""
    return WORDS[pair in OFTEN]


def within(name: str) -> Iterator[str]:
    """What is seen in a surname and one or two given characters."""
    family = surname(name)
    given, last = name[family:], name[-1]
    common = _DOUBLE if family == _TWO else SURNAME.get(name[0], RARE)
    like = [GIVEN.get(character, 0) for character in given]
    size = len(given)
    yield f"surname {common} of {size}"
    yield f"given {like[0]} of {size}"
    yield f"sum {max(_LEAST, min(_MOST, common + sum(like)))} of {size}"
    yield f"surname {name[:family]}"
    yield f"first {given[0]}"
    if name[family - 1 : family + 1] in PAIRS:
        yield f"begins with {_word(name[family - 1 : family + 1])} of {size}"
    if size == _TWO:
        yield f"last {like[1]}"
        yield f"last {last}"
        if given in PAIRS:
            yield f"given {_word(given)}{' like one' if sum(like) > _LIKE else ''}"
            if name[0] in GRAMMAR:
                yield f"joins {_word(given)}"
    if last in PLACE_ENDS:
        yield "ends a place"


def ahead(near: str) -> Iterator[str]:
    """What is seen before a name: `near` are the two characters there and its first."""
    before = near[:-1]
    last = before[-1:]
    if not last:
        yield "before: a line's beginning"
        return
    if last not in _BLANK:
        yield f"before: {last}"
    if len(before) == _TWO and _BLANK.isdisjoint(before):
        yield f"before: {before}"
    if last in _BREAKS:
        yield "before: a line's beginning"
    elif last in MARKS:
        yield "before: mark"
    elif not _IS_HAN.match(last):
        yield "before: sign"
    if last in _BREAKS:  # A word may run over from the line before.
        last = before[:-1]
    if last + near[-1] in PAIRS:
        yield f"ends {_word(last + near[-1])}"
    elif last.isdigit() and SURNAME.get(near[-1], 0) < _COUNTED:
        yield "counts"
    elif before in PAIRS:
        yield f"before: {_word(before)}"


def behind(near: str) -> Iterator[str]:
    """What is seen behind a name: `near` is its last character and the two there."""
    following = near[1:]
    if not following:
        yield "behind: a line's end"
        return
    if following[0] not in _BLANK:
        yield f"behind: {following[0]}"
        if len(following) == _TWO and _BLANK.isdisjoint(following):
            yield f"behind: {following}"
    if following[0] in _BREAKS:
        yield "behind: a line's end"
    elif following[0] in MARKS:
        yield "behind: mark"
    elif not _IS_HAN.match(following[0]):
        yield "behind: sign"
    if following[0] in _BREAKS:
        following = following[1:]
    if near[0] + following[:1] in PAIRS:
        yield f"across {_word(near[0] + following[:1])}"
    elif following in PAIRS:
        yield f"behind: {_word(following)}"


def said(side: str, clue: Clue) -> str:
    """What the words on one side say."""
    return f"{side}: {clue.role} {clue.weight}"


def kind_of(kind: str) -> str:
    """How the characters were come by that no surname begins."""
    return f"kind {kind}"


def around(text: str, start: int, end: int, kind: str, left: Clue, right: Clue) -> Iterator[str]:
    """All that is seen of the characters from `start` to `end`."""
    if kind:
        yield kind_of(kind)
    else:
        yield from within(text[start:end])
    yield from ahead(text[max(start - 2, 0) : start + 1])
    yield from behind(text[end - 1 : end + 2])
    yield said("before", left)
    yield said("behind", right)


def glimpse(two: str) -> Iterator[str]:
    """What is seen at a glance in the first two characters."""
    if two in DOUBLE:
        yield f"glance surname {two}"
        return
    yield from glimpse_surname(two[0])
    yield from glimpse_given(two[1])
    total = SURNAME.get(two[0], RARE) + GIVEN.get(two[1], 0)
    yield glimpse_both(_word(two) if two in PAIRS else SUM, total)


def glimpse_surname(family: str) -> Iterator[str]:
    """What is seen of a surname of one character."""
    yield f"glance surname {family}"
    yield f"glance surname {SURNAME.get(family, RARE)}"


def glimpse_given(first: str) -> Iterator[str]:
    """What is seen of the character behind it."""
    yield f"glance given {GIVEN.get(first, 0)}"
    yield f"glance first {first}"


def glimpse_both(kind: str, total: int) -> str:
    """What the two are together: `kind` is one of SUM and WORDS, `total` how common the surname
    is and how namelike what follows."""
    return f"glance {kind} {total}"


def glimpse_ahead(before: str) -> Iterator[str]:
    """What is seen at a glance in the two characters before a name."""
    last = before[-1:]
    if not last:
        yield "glance before: a line's beginning"
        return
    if last not in _BLANK:
        yield f"glance before: {last}"
    if last in _BREAKS:
        yield "glance before: a line's beginning"
    elif last in MARKS:
        yield "glance before: mark"
    if before in PAIRS:
        yield GLANCE_WORD


GLANCE_WORD = "glance before: word"
"""The two characters before it make a common word."""
GLANCE_TAIL = "glance ends a word"
"""The surname and the character before it make a common word."""
