"""RTF's bytes as tokens: groups, control words, bytes of text (RTF 1.9.1, "RTF Syntax")."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple


class Sort(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    TEXT = auto()
    HEX = auto()
    BINARY = auto()


class Token(NamedTuple):
    """`word` for WORD (a control symbol is its own sign), with `number` where one is written;
    `data` for TEXT, HEX (one byte) and BINARY."""

    sort: Sort
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN = Token(Sort.OPEN)
_CLOSE = Token(Sort.CLOSE)
# Careless programs write GBK characters as they are, second bytes like "\" and "}" among them.
_PLAIN = rb"[^\\{}\r\n]+"
_GBK = rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]|[^\\{}\r\n])+"
_TOKEN = (
    rb"\\([a-zA-Z]{1,40})(-?[0-9]{1,12})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|"
    rb"([{}])|(%s)|[\r\n]+|\\'?"
)
_PATTERNS = {
    chinese: re.compile(_TOKEN % (_GBK if chinese else _PLAIN), re.DOTALL)
    for chinese in (False, True)
}


def tokens(data: bytes) -> Iterator[Token]:
    """Every token to the end of the bytes; line ends of the file say nothing."""
    pattern = _PATTERNS[re.search(rb"\\ansicpg936\b", data[:4096]) is not None]
    at, end = 0, len(data)
    while at < end:
        match = pattern.match(data, at)
        assert match is not None  # every byte begins some token
        at = match.end()
        word, number, pair, symbol, brace, text = match.groups()
        if text is not None:
            yield Token(Sort.TEXT, data=text)
        elif word is not None:
            value = None if number is None else int(number)
            if word == b"bin" and value is not None and value > 0:
                yield Token(Sort.BINARY, data=data[at : at + value])
                at += value
            else:
                yield Token(Sort.WORD, word.decode("ascii"), value)
        elif pair is not None:
            yield Token(Sort.HEX, data=bytes((int(pair, 16),)))
        elif brace is not None:
            yield _OPEN if brace == b"{" else _CLOSE
        elif symbol is not None:
            yield Token(Sort.WORD, symbol.decode("latin-1"))
