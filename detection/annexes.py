"""Annexes that a document speaks of and does not hold, and numbers of annexes that are left out."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from detection.doubt import Document, Doubt, Line, lines
from formats.reading import Part, Segment

RULE = "missing-attachment"
GAP = "numbering-gap"

_HAN = "一二三四五六七八九十"
_NUMBER = rf"[0-9]{{1,2}}|[{_HAN}]{{1,2}}"
_HEADING = re.compile(
    rf"\s*附\s*件\s*(?P<number>{_NUMBER})?\s*[:：]?\s*(?P<name>[^。；;，,]{{0,60}})$"
)
_LISTED = re.compile(r"\s*附\s*件\s*[:：]\s*(?P<name>\S.{0,80})$")
_ITEM = re.compile(r"\s*(?:附件)?(?P<number>[0-9]{1,2})\s*[.．、:：]\s*(?P<name>\S.{0,80})$")
_MENTION = re.compile(
    rf"(?:详?见|按照?|填写|填报|根据|附|[(（])\s*"
    rf"(?P<value>附\s*件\s*(?P<number>{_NUMBER}))(?![0-9])"
)
_OTHER = re.compile(r"(?:文件?|通知|来文|原文)的?附件|《[^》]{1,60}》\s*附件")
_MOST = 30
_FARTHEST = 4
_FILES = frozenset({Part.NAME, Part.EMBEDDED, Part.ATTACHMENT})


def missing(document: Document) -> Iterator[Doubt]:
    """A doubt for each number that is spoken of, listed or skipped, and is no annex here."""
    speaking = document.holding("附")
    if not speaking or any(_is_file(segment) for segment in document.segments):
        return
    found = _Annexes()
    for line in lines(document.segments, _with_lists(document, speaking)):
        found.take(line)
    yield from found.doubts()


def _is_file(segment: Segment) -> bool:
    """A file that lies beside or in this one and is called an annex."""
    place = segment.place
    return place.member is not None and place.part in _FILES and "附件" in segment.text


def _with_lists(document: Document, speaking: Sequence[int]) -> list[int]:
    """The segments that speak of annexes, and those right behind a list's first line."""
    wanted = set(speaking)
    place = {index: number for number, index in enumerate(document.indices)}
    for index in speaking:
        start = place[index]
        if _LISTED.match(document.texts[start].split("\n")[-1]):
            wanted.update(document.indices[start : start + _MOST])
    return sorted(wanted)


class _Annexes:
    """What the lines of one document say of annexes."""

    def __init__(self) -> None:
        self.listed: dict[int, tuple[Line, tuple[int, int]]] = {}
        self.mentioned: dict[int, tuple[Line, tuple[int, int]]] = {}
        self.heads: dict[int, Line] = {}
        self.unnumbered = 0
        self.gaps: list[Doubt] = []
        self._next = 0
        self._follows = False

    def take(self, line: Line) -> None:
        text = line.text
        follows, self._follows = self._follows, False
        listed = _LISTED.match(text)
        if listed and not self.listed:
            item = _ITEM.match(listed["name"])
            number = int(item["number"]) if item else 1
            self.listed[number] = line, listed.span("name")
            self._next = number + 1 if item else 0
            self._follows = self._next > 0
            return
        item = _ITEM.match(text)
        if item and self._next and self._goes_on(line, item, follows=follows):
            return
        heading = _HEADING.match(text)
        if heading and line.place.row is None:
            self._next = 0
            if heading["number"]:
                self.heads.setdefault(value_of(heading["number"]), line)
            elif not heading["name"]:
                self.unnumbered += 1
            return
        if text.strip() and self._next and len(text) > 120:
            self._next = 0
        for match in _MENTION.finditer(text):
            if not _OTHER.search(text[max(0, match.start() - 20) : match.end()]):
                self.mentioned.setdefault(value_of(match["number"]), (line, match.span("value")))

    def _goes_on(self, line: Line, item: re.Match[str], *, follows: bool) -> bool:
        """An item is the next of the list; or, right below one, its number is too high or again."""
        number, due = int(item["number"]), self._next
        if number != due and not (follows and due - 1 <= number < due + _FARTHEST):
            return False
        if number > _MOST:
            return False
        if number != due:
            says = f"附件说明里{due - 1}后面是{number}。"
            start, end = item.span("number")
            self.gaps.append(Doubt(GAP, line.at, (line.offset + start, line.offset + end), says))
        self.listed[number] = line, item.span("name")
        self._next, self._follows = number + 1, True
        return True

    def doubts(self) -> Iterator[Doubt]:
        yield from self.gaps
        highest = max(self.heads, default=0)
        for number in sorted(self.mentioned):
            if number not in self.heads and number not in self.listed and not self._single(number):
                line, span = self.mentioned[number]
                yield _doubt(line, span, f"文中提到附件{number}，这份文件里没有附件{number}。")
        for number in range(1, highest):
            if number not in self.heads and number not in self.mentioned:
                line = self.heads[min(n for n in self.heads if n > number)]
                says = f"有附件{min(n for n in self.heads if n > number)}，没有附件{number}。"
                yield _doubt(line, (0, len(line.text)), says)
        if self.listed and not self.heads and not self.unnumbered:
            line, span = self.listed[min(self.listed)]
            yield _doubt(line, span, f"附件说明列了 {len(self.listed)} 个附件，这份文件里没有。")
        elif self.heads:
            for number in sorted(set(self.listed) - self.heads.keys() - self.mentioned.keys()):
                if number > highest:
                    line, span = self.listed[number]
                    yield _doubt(line, span, f"附件说明列了附件{number}，这份文件里没有。")

    def _single(self, number: int) -> bool:
        return number == 1 and self.unnumbered > 0


@cache
def value_of(number: str) -> int:
    """The value of 3, 三 or 二十三; 1 to 99."""
    if number.isdigit():
        return int(number)
    tens, _, ones = number.rpartition("十")
    if "十" in number:
        return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)
    return _HAN.index(number[0]) + 1


def _doubt(line: Line, span: tuple[int, int], says: str) -> Doubt:
    return Doubt(RULE, line.at, (line.offset + span[0], line.offset + span[1]), says)
