"""Cuts a line at the words that make or end a place's name (`rules/tables/dwellings.toml`)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import resources
from detection.alternatives import grouped
from detection.names import FRAGMENTS

_TABLE: dict[str, Any] = resources.table("rules/tables/dwellings.toml")

_COUNTED: dict[str, str] = dict(_TABLE["count"])
_HEADS = _COUNTED.pop("heads")
FINE = frozenset(_COUNTED)
"""The kinds of parts that are counted: they tell one house from another."""


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


_SAYS = _says()
_OTHERS = {mark: _Says() for mark in ",。;:!?、()[]【】《》<>… \t\n\0\x01\x02/"}
_MARKS = "[,。;:!?、()\\[\\]【】《》<>… \t\n\0\x01\x02/]"


def _counted(name: str) -> str:
    text = _COUNTED[name]
    for key, value in {**_TABLE["number"], **FRAGMENTS}.items():
        text = text.replace(f"<<{key}>>", value)
    return f"(?P<{name}>{text})"


def _spelt(word: str) -> str:
    """The word, where it is no part of another: 住房, 民族路, 土家族苗族自治县."""
    ends: dict[str, str] = {"住": _TABLE["no_living"], "族": _TABLE["no_people"]}
    return re.escape(word) + ends.get(word[-1], "")


_WORDS = grouped("|".join(map(_spelt, sorted(_SAYS, key=lambda w: (-len(w), w)))))
# At most places none of them begins: one look tells.
_FIRST = _HEADS + re.escape("".join(sorted({word[0] for word in _SAYS} | set(_OTHERS) | {"住"})))
_PIECE = re.compile(
    f"(?=[{_FIRST}])(?:"
    + "|".join([*map(_counted, _COUNTED), f"(?P<word>{_TABLE['lives']}|{_MARKS}|{_WORDS})"])
    + ")"
)
_LIVES = _Says(before="dwell")


def pieces(text: str, start: int, end: int, persons: Sequence[tuple[int, int]]) -> list[Piece]:
    """The pieces of `text[start:end]` in their order; between them stand names of places, or
    words that say nothing. `persons`: the spans of the names in it, in order."""
    found: list[Piece] = []
    for first, last in [*persons, (end, end)]:
        for match in _PIECE.finditer(text, start, first):
            kind, word = match.lastgroup or "", match[0]
            if kind != "word":
                found.append(Piece(match.start(), match.end(), "", part=kind))
                continue
            says = _SAYS.get(word) or _OTHERS.get(word, _LIVES)
            found.append(Piece(match.start(), match.end(), word, *says))
        if last > first:
            found.append(Piece(first, last, "", after=PERSON))
        start = last
    return list(_read(found))


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
