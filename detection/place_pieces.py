"""Cuts a line at the words that make or end a place's name (`rules/tables/dwellings.toml`)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import resources
from detection.literals import lengths
from detection.names import FRAGMENTS

_TABLE: dict[str, Any] = resources.table("rules/tables/dwellings.toml")

_COUNTED: dict[str, str] = dict(_TABLE["count"])
_HEADS = _COUNTED.pop("heads")
FINE = frozenset(_COUNTED)
"""The kinds of parts that are counted: they tell one house from another."""
_NEAR = FINE | {"hamlet", "building", "side"}
_SHORT = 4


class Piece(NamedTuple):
    """A word, a mark or a name, and what it says: of a place behind it (`before`), of a place
    before it (`after`), as part of a place (`part`); each a class of the table, or empty.

    `word` is as it stands in the table; what is counted, and a person, has none.
    """

    start: int
    end: int
    word: str
    before: str = ""
    after: str = ""
    part: str = ""

    @property
    def is_person(self) -> bool:
        return self.after == PERSON


PERSON = "person"


class _Says(NamedTuple):
    before: str = ""
    after: str = ""
    part: str = ""


def _says() -> dict[str, _Says]:
    found: dict[str, _Says] = {}
    for side in _Says._fields:
        for name, row in _TABLE[side].items():
            for word in row["words"].split():
                found[word] = found.get(word, _Says())._replace(**{side: name})
    for word in _TABLE["neither"]["words"].split():
        found.setdefault(word, _Says())
    return found


_SAYS = {mark: _Says() for mark in ",。;:!?、()[]【】《》<>… \t\n\0\x01\x02/"} | _says()
_LIVES = _Says(before="dwell")


def _counted(name: str) -> str:
    text = _COUNTED[name]
    for key, value in {**_TABLE["number"], **FRAGMENTS}.items():
        text = text.replace(f"<<{key}>>", value)
    return f"(?P<{name}>{text})"


_LENGTHS = lengths(_SAYS)
"""How long the words are that begin with a character, the longest first."""
_NO_PART = {"住": re.compile(_TABLE["no_living"]), "族": re.compile(_TABLE["no_people"])}
"""What stands behind a word that ends so, where it is no part of another: 住房, 民族路."""
# At most places none of them begins: one look tells.
_FIRST = re.escape("".join({*_LENGTHS, "住"}))
_PIECE = re.compile(
    # Within a number nothing begins.
    f"(?=[{_HEADS}{_FIRST}])(?:(?=[{_HEADS}])(?!(?<=[0-9])[0-9])"
    f"(?:{'|'.join(map(_counted, _COUNTED))})"
    f"|(?P<lives>{_TABLE['lives']})|(?P<word>[{_FIRST}]))"
)


def pieces(text: str, start: int, end: int, persons: Sequence[tuple[int, int]]) -> list[Piece]:
    """The pieces of `text[start:end]` in their order; between them stand names of places, or
    words that say nothing. `persons`: the spans of the names in it, in order."""
    found: list[Piece] = []
    for first, last in [*persons, (end, end)]:
        found.extend(_pieces(text, start, first))
        if last > first:
            found.append(Piece(first, last, "", after=PERSON))
        start = last
    return list(_read(found))


def tells_a_house(text: str) -> bool:
    """Does a place lead to one house or a few, as 双碾坝村3组 and 3栋502 do, and 双碾坝村 not?"""
    kinds = [one.part for one in pieces(text, 0, len(text), ()) if one.part]
    if not kinds or kinds[-1] == "office":
        return False
    if len(kinds) == 1:
        return kinds[0] in {"house", "room"} and len(text) > _SHORT
    return kinds[-1] in _NEAR or not FINE.isdisjoint(kinds)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    while match := _PIECE.search(text, start, end):
        begin, start = match.span()
        kind, word = match.lastgroup, match[0]
        if kind == "word":
            word = _word(text, begin, end)
            if word:
                start = begin + len(word)
                yield Piece(begin, start, word, *_SAYS[word])
        elif kind == "lives":
            yield Piece(begin, start, word, *_LIVES)
        else:
            yield Piece(begin, start, "", part=kind or "")


def _word(text: str, start: int, end: int) -> str:
    """The longest word of the table that begins at `start`; "" where none does."""
    for length in _LENGTHS.get(text[start], ()):
        word = text[start : min(start + length, end)]
        if word in _SAYS:
            behind = _NO_PART.get(word[-1])
            if behind is None or behind.match(text, start + len(word), end):
                return word
    return ""


def _read(found: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces as those beside them make them be read."""
    for at, one in enumerate(found):
        later = found[at + 1] if at + 1 < len(found) else None
        if later is None or not later.part or one.part or not one.word:
            yield one
            continue
        gap = later.start - one.end
        if one.word in _TABLE["in_names"]:
            # 王家湾, 李家村; behind a word that is known it is a home.
            if gap > _IN_NAME or (at and found[at - 1].end == one.start):
                yield one
        elif gap == 0 and one.after in {"works", "home"} and later.part == "side":
            yield one._replace(before="", after="", part="office")  # 鱼塘边, 菜地旁
        elif gap == 0 and one.after == "works" and later.part in _NAMED:
            continue  # 茶园村, 新建路
        elif gap or one.after not in {"who", "crowd"} or later.part not in {"building", "estate"}:
            yield one  # but 老人公寓, 职工住宅区


_IN_NAME = 2
_NAMED = frozenset(("village", "road", "town", "estate"))
