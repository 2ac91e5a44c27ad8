"""What a content stream says beside its operators: comments, and strings that nothing shows (7.2.4,
8.2). No program paints them, no library reads them as text, and they travel with the page."""

import re
from collections.abc import Iterator

import pikepdf

from formats.carving import words_of
from formats.pdf.structure import PDF_LIES, string_of
from formats.pdf.unsaid import tells

_LITERAL = rb"\((?>(?:[^()\\]|\\.)*)\)"
_STRING = rb"(?:" + _LITERAL + rb"|<(?!<)[0-9A-Fa-f\s]*+>)"
_BESIDE = rb"[^\[\]()<>%]"
# What is in order, as far as it goes: a string behind which stands what shows it, an array that is
# shown or has no string in it, a list of properties (`speech` tells these), an operator, a number.
_ORDER = re.compile(
    rb"(?>(?:[^\[\]()<>%]++"
    rb"|" + _STRING + rb"\s*+(?:Tj|'|\")"
    rb"|\[(?>(?:" + _BESIDE + rb"++|" + _STRING + rb")*)\]\s*+TJ"
    rb"|\[" + _BESIDE + rb"*+\]"
    rb"|<<(?>(?:" + _BESIDE + rb"++|" + _STRING + rb")*)>>)*)",
    re.DOTALL,
)
_REMARK = re.compile(rb"%([^\r\n]*+)")
_HEX = re.compile(rb"<(?!<)[^>]*+>?")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_SHOWS = re.compile(rb"\s*+(?:Tj|'|\")")
_SHOWS_ALL = re.compile(rb"\s*+TJ")
_LIST = re.compile(rb"<<|>>")
_NEXT = re.compile(_BESIDE + rb"++")
# An operator within an array: the array was never closed.
_OPERATOR = re.compile(rb"(?<![^\s])(?:BT|ET|Td|Tf|Tj|TJ|Tm)(?![^\s])")
# A picture within the content (8.9.7): its bytes may be anything.
_PICTURE = re.compile(rb"(?<![^\s])BI(?=\s)")
_DATA, _END = b"ID", re.compile(rb"\sEI(?![^\s])")
_FAR = 2048


def unshown(data: bytes) -> list[str]:
    """The telling comments and strings of a content that no operator shows, each once."""
    return list(dict.fromkeys(filter(tells, _texts(_without_pictures(data)))))


def _without_pictures(data: bytes) -> bytes:
    if b"BI" not in data:
        return data
    kept, at, done = [], 0, 0
    while (begun := _PICTURE.search(data, at)) is not None:
        at = begun.end()
        start = data.find(_DATA, at, at + _FAR)
        if start >= 0:
            kept.append(data[done : begun.start()])
            end = _END.search(data, start)
            at = done = len(data) if end is None else end.end()
    return b"\n".join([*kept, data[done:]])


def _texts(data: bytes) -> Iterator[str]:
    """All of them, whether or not they tell anything."""
    at, waiting = 0, list[bytes]()
    inside = lists = 0
    while True:
        if not inside and not lists:
            ordered = _ORDER.match(data, at)
            assert ordered is not None
            at = ordered.end()
        if at >= len(data):
            break
        sign = data[at : at + 1]
        if sign == b"%":
            remark = _REMARK.match(data, at)
            assert remark is not None
            yield from words_of(remark[1])
            at = remark.end()
        elif _LIST.match(data, at) is not None:
            lists = max(lists + (1 if sign == b"<" else -1), 0)
            at += 2
        elif sign in (b"(", b"<"):
            end = _end_of(data, at)
            if inside:
                waiting.append(data[at:end])
            elif not lists and _SHOWS.match(data, end) is None:
                yield _text(data[at:end])
            at = end
        elif (words := _NEXT.match(data, at)) is not None:
            if _OPERATOR.search(words[0]) is not None:
                inside, waiting = 0, []
            at = words.end()
        else:
            inside = max(inside + {b"[": 1, b"]": -1}.get(sign, 0), 0)
            at += 1
            if not inside and waiting:
                if _SHOWS_ALL.match(data, at) is None:
                    yield from map(_text, waiting)
                waiting = []
    yield from map(_text, waiting)


def _end_of(data: bytes, at: int) -> int:
    """Behind the string that begins here; the end of all where it has none."""
    if data[at : at + 1] == b"<":
        string = _HEX.match(data, at)
        return len(data) if string is None else string.end()
    depth = 0
    for bracket in _BRACKET.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if not depth:
            return bracket.end()
    return len(data)


def _text(string: bytes) -> str:
    try:
        return string_of(pikepdf.Object.parse(string)).strip()
    except PDF_LIES:
        return "\n".join(words_of(string.strip(b"()<>")))
