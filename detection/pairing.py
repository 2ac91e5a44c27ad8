"""Brackets, book title marks and quotation marks without a partner."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from detection.doubt import Document, Doubt
from detection.normal import END

RULE = "unpaired-mark"

_KINDS = (("（(", "）)"), *zip("《〔【「『“", "》〕】」』”", strict=True))
"""What opens and what closes, one kind of pair each."""

_OPENS = {mark: closes[0] for opens, closes in _KINDS for mark in opens}
_CLOSES = {mark: closes[0] for _, closes in _KINDS for mark in closes}
_CLASS = "".join(opens + closes for opens, closes in _KINDS)
_MARKS = re.compile(f"[{_CLASS}]")
_ENDS = "|".join(f"(?<=[{opens}])[^{_CLASS}{END}]*+[{closes}]" for opens, closes in _KINDS)
_PAIR = re.compile(f"[{_CLASS}](?:{_ENDS})?")
"""A mark and, where no other and no end of a text lies between, its partner: nearly all have one so
near. What is found alone is looked at."""

_FAR = 2000
# 1) and a) number a list; :) is no bracket.
_LIST_NUMBER = re.compile(r"(?:^|[\s；;。，,：:、])[0-9a-zA-Z①-⑳一二三四五六七八九十]{1,3}$")
_NEVER_AGAIN = "《“〔【"
_MOST_OPEN = 20
_MOST_MARKS = 40


def unpaired(document: Document) -> Iterator[Doubt]:
    """A doubt for each mark that closes nothing, or is opened again before it was closed.

    A pair may lie over lines, for a line need not be a paragraph; a quotation of several
    paragraphs opens each of them. What lies farther apart than 2000 characters is no pair.
    """
    found = _PAIR.finditer(document.whole)
    alone = [match.start() for match in found if match.end() == match.start() + 1]
    if not alone:
        return
    starts = list(accumulate((len(text) + 1 for text in document.texts), initial=0))
    running = _Running()
    for number in sorted({bisect_right(starts, at) - 1 for at in alone}):
        index, text = document.indices[number], document.texts[number]
        if _balanced(text):
            continue
        if document.segments[index].place.row is None:
            yield from running.read(text, index, starts[number])
        else:
            # The cells of a table are texts of their own.
            cell = _Running()
            yield from cell.read(text, index, 0)
            yield from cell.left()


def _balanced(text: str) -> bool:
    """As many of its marks, or of the first of them, open as close."""
    marks = _MARKS.findall(text)[:_MOST_MARKS]
    opening = [_OPENS[mark] for mark in marks if mark in _OPENS]
    return sorted(opening) == sorted(_CLOSES[mark] for mark in marks if mark in _CLOSES)


class _Running:
    """The marks that are open while a text is read on."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, int, int]] = []

    def read(self, text: str, index: int, walked: int) -> Iterator[Doubt]:
        """The doubts of a text: the marks that cannot have a partner any more. `walked`: how many
        characters of the document stand before it."""
        for match in _MARKS.finditer(text):
            mark, offset = match[0], match.start()
            at = walked + offset
            self._open = [o for o in self._open[-_MOST_OPEN:] if at - o[3] < _FAR]
            if mark in _OPENS:
                yield from self._opened(mark, text[:offset], (index, offset, at))
            else:
                yield from self._closed(_CLOSES[mark], text[:offset], index)

    def left(self) -> Iterator[Doubt]:
        """A doubt for the last mark that is still open."""
        if self._open:
            yield _doubt(*self._open[-1][1:3])

    def _opened(self, mark: str, before: str, place: tuple[int, int, int]) -> Iterator[Doubt]:
        wanted = _OPENS[mark]
        again = bool(self._open) and self._open[-1][0] == wanted and mark in _NEVER_AGAIN
        if again and not (mark == "“" and not before.strip()):
            yield _doubt(*self._open.pop()[1:3])
        self._open.append((wanted, *place))

    def _closed(self, wanted: str, before: str, index: int) -> Iterator[Doubt]:
        if any(one[0] == wanted for one in self._open):
            while self._open[-1][0] != wanted:
                lost = self._open.pop()
                if lost[0] != "”":
                    yield _doubt(*lost[1:3])
            self._open.pop()
        elif wanted != "”" and not _LIST_NUMBER.search(before[-6:]):
            yield _doubt(index, len(before))


def _doubt(index: int, offset: int) -> Doubt:
    return Doubt(RULE, index, (offset, offset + 1))
