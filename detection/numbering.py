"""Numbers of headings that leave one out: 一、 三、; （一） （三）; 第一条 第三条."""

import re
from collections.abc import Iterator

from detection.annexes import value_of
from detection.doubt import Document, Doubt

RULE = "numbering-gap"

_HAN = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"^\s*(?P<mark>(?P<upper>[{_HAN}]{{1,3}})、|[(（](?P<lower>[{_HAN}]{{1,3}})[)）])",
    re.MULTILINE,
)
# How a heading begins: a text without one is not looked at.
_FIRST = frozenset(_HAN + "（(" + "".join(c for c in map(chr, range(0x3001)) if c.isspace()))
_MOST_SKIPPED = 2
_EXCERPT = re.compile("节选|摘录|摘要|目录|略")


def gaps(document: Document) -> Iterator[Doubt]:
    """A doubt for each heading before which one or two numbers are left out.

    A heading of the level above begins the count anew, as does the number one. Where a document
    does not begin with one, or is called an excerpt, it is left alone.
    """
    if any(_EXCERPT.search(text[:40]) for text in document.texts[:12]):
        return
    last = {"upper": 0, "lower": 0}
    for at, match in _headings(document):
        level = "lower" if match["upper"] is None else "upper"
        number, before = value_of(match[level]), last[level]
        if before and before + 1 < number <= before + 1 + _MOST_SKIPPED:
            says = f"前面到第{_han(before)}，这里是第{match[level]}。"
            yield Doubt(RULE, at, match.span("mark"), says)
        if number == 1 or before:
            last[level] = number
        if level == "upper":
            last["lower"] = 0


def _headings(document: Document) -> Iterator[tuple[int, re.Match[str]]]:
    """The headings that stand in no table, with the indices of their segments."""
    lined = "\n" in document.whole
    for at, text in zip(document.indices, document.texts, strict=True):
        # Most texts are told by their first character.
        likely = text[:1] in _FIRST or (lined and "\n" in text)
        if likely and document.segments[at].place.row is None:
            for match in _HEADING.finditer(text):
                yield at, match


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones - 1]
    return (_HAN[tens - 1] if tens > 1 else "") + "十" + (_HAN[ones - 1] if ones else "")
