"""Numbers of headings that leave one out: 一、 三、; （一） （三）; 第一条 第三条."""

import re
from collections.abc import Iterator

from detection.annexes import value_of
from detection.doubt import Document, Doubt, lines
from formats.reading import Segment

RULE = "numbering-gap"

_HAN = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"\s*(?P<mark>(?P<upper>[{_HAN}]{{1,3}})、|[(（](?P<lower>[{_HAN}]{{1,3}})[)）])"
)
# How a heading begins: a text without one is not looked at.
_FIRST = frozenset(_HAN + "（(" + "".join(c for c in map(chr, range(0x3001)) if c.isspace()))
_MAY_BEGIN = re.compile(rf"\s*[（(]?[{_HAN}]")
_MOST_SKIPPED = 2
_EXCERPT = re.compile("节选|摘录|摘要|目录|略")


def gaps(document: Document) -> Iterator[Doubt]:
    """A doubt for each heading before which one or two numbers are left out.

    A heading of the level above begins the count anew, as does the number one. Where a document
    does not begin with one, or is called an excerpt, it is left alone.
    """
    if any(_EXCERPT.search(text[:40]) for text in document.texts[:12]):
        return
    segments, both = document.segments, zip(document.indices, document.texts, strict=True)
    # Most texts are told by their first character.
    lined = "\n" in document.whole
    likely = [i for i, text in both if text[:1] in _FIRST or (lined and "\n" in text)]
    starting = [i for i in likely if _may_begin(segments[i])]
    last = {"upper": 0, "lower": 0}
    for line in lines(segments, starting):
        match = _HEADING.match(line.text)
        if match is None:
            continue
        level = "lower" if match["upper"] is None else "upper"
        number, before = value_of(match[level]), last[level]
        if before and before + 1 < number <= before + 1 + _MOST_SKIPPED:
            start, end = match.span("mark")
            span = (line.offset + start, line.offset + end)
            says = f"前面到第{_han(before)}，这里是第{match[level]}。"
            yield Doubt(RULE, line.at, span, says)
        if number == 1 or before:
            last[level] = number
        if level == "upper":
            last["lower"] = 0


def _may_begin(segment: Segment) -> bool:
    text = segment.text
    return segment.place.row is None and ("\n" in text or _MAY_BEGIN.match(text) is not None)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones - 1]
    return (_HAN[tens - 1] if tens > 1 else "") + "十" + (_HAN[ones - 1] if ones else "")
