"""What the objects of a PDF hold that no reader of them has told: the net under all of these."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf

from formats.carving import LONG, telling
from formats.pdf.rich import bare
from formats.pdf.structure import items_of, pairs, string_of
from formats.reading import Part, Place, Segment
from formats.unsaid import Said, dense

# An object as qpdf writes it, where a string or a name in it may be more than ASCII or a number is
# long: nearly all objects are known by this to say nothing, a hundred in a millisecond.
_SIGNS = re.compile(rb"<[0-9a-f]{4}|\\[0-7]{3}|#[89a-f]|[\x80-\xff]|[0-9]{11}")
_DATE = re.compile(r"D:[0-9]{4,14}[-+Z0-9']*")
# What tools and fonts are called, and styles by name only: these say nothing but a long number.
_TOOLS = frozenset({"/FontFamily", "/DA", "/DS", "/Producer", "/Creator"})
_STYLES = frozenset({"/BaseFont", "/FontName", "/S", "/C", "/RoleMap", "/ClassMap"})
_LINES = str.maketrans("\r\n\t", "   ")


def may_tell(value: Any) -> bool:
    """Whether an object may hold words, apart from those in objects that it points at."""
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    return isinstance(value, pikepdf.Object) and bool(_SIGNS.search(value.unparse(resolved=True)))


def unsaid(
    holders: Iterable[Any], leaves: Iterable[Any], segments: Sequence[Segment]
) -> Iterator[Segment]:
    """The words in these objects that stand in no segment, each once; `leaves` are the pages.

    Raises what pikepdf raises.
    """
    numbers = {leaf.objgen: number for number, leaf in enumerate(leaves, 1)}
    said = Said(segments)
    told: set[str] = set()
    for holder in holders:
        for text in held(holder):
            letters = dense(bare(text))
            if letters not in told and not said.has(letters):
                told.add(letters)
                place = Place(
                    Part.HIDDEN,
                    page=numbers.get(holder.objgen),
                    paragraph=len(told),
                    path=f"object {holder.objgen[0]}" if holder.is_indirect else "trailer",
                )
                yield Segment(place, text, visible=False, note="阅读软件不显示的文字")


def held(holder: Any) -> Iterator[str]:
    """The telling strings and names of one object; those it points at are objects of their own."""
    waiting: list[tuple[Any, str]] = [(holder, "")]
    while waiting:
        value, under = waiting.pop()
        below: list[tuple[Any, str]] = []
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            for key, inner in pairs(value):
                if tells(key, called=bool(under)):
                    yield key.lstrip("/")
                below.append((inner, key if key in _TOOLS or key in _STYLES else under))
        elif isinstance(value, pikepdf.Array):
            below = [(inner, under) for inner in items_of(value)]
        else:
            text = string_of(value).strip()
            worded = under in _STYLES and isinstance(value, pikepdf.String)
            if tells(text, called=bool(under) and not worded):
                yield text
        waiting += [
            each for each in below[::-1]
            if isinstance(each[0], pikepdf.Object) and not each[0].is_indirect
        ]  # fmt: skip


def tells(text: str, *, called: bool = False) -> bool:
    """Whether a string may be words of a person; `called`: only a long number in it may."""
    return (
        (LONG.search(text) is not None if called else telling(text))
        and not _DATE.fullmatch(text)
        and text.translate(_LINES).isprintable()
        and "\ufffd" not in text
    )
