"""What is seen of a clause that may tell a fact about a person: its characters and pairs of them.

A name stands as one sign whatever it is, so do digits, an age under eighteen or over it, and the
marks around a clause; each thing seen is a feature that has a weight for each kind of fact
(`facts`).
"""

import re
from collections.abc import Iterator, Sequence

from detection.normal import END, JOIN

BIAS = "bias"
"""The feature that every clause has."""

KINDS = {
    "health": "illness-in-text",
    "aid": "aid-recipient",
    "crime": "crime-record",
    "minor": "minor",
    "family": "family-life",
    "home": "address-in-text",
}
"""The kinds of facts, and the rule that speaks of each."""
HOME = "home"

NAMED, DIGIT, MARK = "§", "0", "|"
"""What stands for a character of a private person's name, for any digit, for what parts clauses."""

_YOUNG, _OLD = "¹", "²"
"""Stand for a number that says how old somebody is."""
# A fixed year: the sign has to be the one that was learned from, not right to the day.
_OF_AGE, _BORN_CHILD = 18, 2008
_AGE = re.compile("(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?=周?岁)|(?:19|20)[0-9]{2}(?=年)")
_HAN = "一二三四五六七八九十"

MARKS = frozenset(END + JOIN + "\n\t ,.;:、。!?()[]【】〔〕《》<>“”\"'‘’「」—…/|")
_CLAUSE = re.compile(f"[^{re.escape(''.join(sorted(MARKS)))}]+")
_DIGITS = re.compile("[0-9]")

Span = tuple[int, int]


def hidden(text: str, names: Sequence[Span]) -> str:
    """`text` with a sign for each character of `names`, which rise and do not overlap, and for
    those of ages."""
    pieces, free = [], 0
    for start, end in names:
        pieces += [_aged(text[free:start]), NAMED * (end - start)]
        free = end
    return "".join([*pieces, _aged(text[free:])])


def _aged(text: str) -> str:
    if "岁" not in text and "年" not in text:
        return text
    return _AGE.sub(lambda match: (_YOUNG if _is_child(match[0]) else _OLD) * len(match[0]), text)


def _is_child(number: str) -> bool:
    """Does an age, or a year of birth, say so?"""
    if not number.isdigit():
        tens, ten, ones = number.rpartition("十")
        value = (_HAN.index(tens[-1]) + 1 if tens else 1) * 10 if ten else 0
        return value + (_HAN.index(ones[-1]) + 1 if ones else 0) < _OF_AGE
    return int(number) >= _BORN_CHILD if len(number) > 3 else int(number) < _OF_AGE


def clauses(text: str) -> Iterator[Span]:
    """The spans between the marks of a normalised text."""
    return (match.span() for match in _CLAUSE.finditer(text))


def seen(clause: str) -> Iterator[str]:
    """What is seen of a clause in which names are hidden, as often as it is there. Of a name only
    what stands beside it."""
    bare = _DIGITS.sub(DIGIT, clause)
    yield from (one for one in bare if one != NAMED)
    pairs = map(str.__add__, f"{MARK}{bare}", f"{bare}{MARK}")
    yield from (pair for pair in pairs if pair != NAMED * 2)
