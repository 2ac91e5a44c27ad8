"""Numbers of headings that leave one out: 一、 三、; （一） （三）; 第一条 第三条."""

import re
from collections.abc import Iterator, Sequence

from detection.annexes import value_of
from detection.doubt import Doubt, lines
from formats.reading import Segment

RULE = "numbering-gap"

_HAN = "一二三四五六七八九十"
_LEVELS = (
    re.compile(rf"\s*(?P<mark>(?P<number>[{_HAN}]{{1,3}})、)"),
    re.compile(rf"\s*(?P<mark>[(（](?P<number>[{_HAN}]{{1,3}})[)）])"),
)
# How a heading begins: a text without one is not looked at.
_FIRST = frozenset(_HAN + "（(" + "".join(c for c in map(chr, range(0x3001)) if c.isspace()))
_MAY_BEGIN = re.compile(rf"\s*[（(]?[{_HAN}]")
_MOST_SKIPPED = 2
_EXCERPT = re.compile("节选|摘录|摘要|目录|略")


def gaps(segments: Sequence[Segment], document: Sequence[int]) -> Iterator[Doubt]:
    """A doubt for each heading before which one or two numbers are left out.

    A heading of the level above begins the count anew, as does the number one. Where a document
    does not begin with one, or is called an excerpt, it is left alone.
    """
    # Most texts are told by their first character.
    likely = [i for i in document if (t := segments[i].text)[:1] in _FIRST or "\n" in t]
    starting = [i for i in likely if _may_begin(segments[i])]
    if any(_EXCERPT.search(segments[i].text[:40]) for i in document[:12]):
        return
    last = [0, 0]
    for line in lines(segments, starting):
        for level, pattern in enumerate(_LEVELS):
            match = pattern.match(line.text)
            if not match:
                continue
            number, before = value_of(match["number"]), last[level]
            if before and before + 1 < number <= before + 1 + _MOST_SKIPPED:
                start, end = match.span("mark")
                span = (line.offset + start, line.offset + end)
                left_out = match["number"]
                says = f"前面到第{_han(before)}，这里是第{left_out}。"
                yield Doubt(RULE, line.at, span, says)
            if number == 1 or before:
                last[level] = number
            if level == 0:
                last[1] = 0
            break


def _may_begin(segment: Segment) -> bool:
    text = segment.text
    return segment.place.row is None and ("\n" in text or _MAY_BEGIN.match(text) is not None)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones - 1]
    return (_HAN[tens - 1] if tens > 1 else "") + "十" + (_HAN[ones - 1] if ones else "")
