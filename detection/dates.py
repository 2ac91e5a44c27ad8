"""Dates that cannot be: 2月30日, a weekday that is another, a period that ends before it begins."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

from detection.checks import Check, Checked
from detection.doubt import Document, Doubt, Line, lines
from formats.reading import Segment

RULE = "contradicting-date"
OTHER_YEAR = "date-of-other-year"

_DAY = re.compile(
    r"(?:(?P<y>[0-9]{4})\s*[年./-]\s*)?(?P<m>[0-9]{1,2})\s*[月./-]\s*(?P<d>[0-9]{1,2})"
)
_MONTH = re.compile(r"(?P<y>[0-9]{4})\s*年\s*(?P<m>[0-9]{1,2})\s*月")
_WEEKDAY = re.compile("(?:星期|周)(?P<day>[一二三四五六日天])")
_BETWEEN = re.compile("[至到~]|(?<=[日年月])\\s*-+")
_LAST_DAY = re.compile(r"\s*(?P<d>[0-9]{1,2})\s*日")
_WEEK = "一二三四五六日"
_LEAP_YEAR = 2024

_NUMBER = re.compile(r"[〔\[(（](?P<year>(?:19|20)[0-9]{2})[〕\])）]\s*[0-9]{1,5}\s*号\s*$")
_DATED = re.compile(r"\s*(?P<day>(?:19|20)[0-9]{2}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日)\s*$")
_DEADLINE = re.compile(
    r"(?:请|须|应|务必|于|在)(?P<day>(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)(?:以前|之前|前)"
    r"(?:将|报|提交|完成|反馈|上报|缴|到)"
)
_HEAD_LINES = 15


def impossible_date(text: str, *, named: bool) -> Checked | None:
    """A day or a month the calendar does not have. Without a year the 29th of February may be."""
    del named
    match = _DAY.match(text)
    if match is None:
        month = _MONTH.match(text)
        return Checked(0.95) if month and not 1 <= int(month["m"]) <= 12 else None
    return None if _exists(match) else Checked(0.95)


def impossible_iso_date(text: str, *, named: bool) -> Checked | None:
    """A day written in digits only: its month must be one, or it is no date at all."""
    match = _DAY.match(text)
    if match is None or not (1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31):
        return None
    return impossible_date(text, named=named)


def contradicting_date(text: str, *, named: bool) -> Checked | None:
    """A weekday that the day does not fall on, or a period whose end lies before its beginning."""
    del named
    match = _DAY.match(text)
    if match is None or not _exists(match):
        return None
    weekday = _WEEKDAY.search(text)
    if weekday:
        if match["y"] is None:
            return None
        right = _WEEK[_date(match).weekday()]
        return None if weekday["day"].replace("天", "日") == right else Checked(0.95)
    between = _BETWEEN.search(text, match.end())
    return Checked(0.9) if between and _ends_before(match, text[between.end() :]) else None


DATE_CHECKS: dict[str, Check] = {
    "impossible_date": impossible_date,
    "impossible_iso_date": impossible_iso_date,
    "contradicting_date": contradicting_date,
}


def _exists(match: re.Match[str]) -> bool:
    year = int(match["y"] or _LEAP_YEAR)
    month, day = int(match["m"]), int(match["d"])
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(max(year, 1), month)[1]


def _date(match: re.Match[str], year: int = _LEAP_YEAR) -> date:
    return date(int(match["y"] or year), int(match["m"]), int(match["d"]))


def _ends_before(first: re.Match[str], rest: str) -> bool:
    last = _DAY.match(rest.strip())
    if last is None:
        day = _LAST_DAY.match(rest)
        return day is not None and int(day["d"]) < int(first["d"])
    if not _exists(last):
        return False
    if last["y"] is None and last["m"] != first["m"]:
        # 12月20日至1月5日 goes over the turn of the year.
        return False
    if first["y"] is None and last["y"] is not None:
        return False
    year = int(first["y"] or _LEAP_YEAR)
    return _date(last, year) < _date(first, year)


def out_of_year(document: Document) -> Iterator[Doubt]:
    """A doubt where the document's number and its date are of two years, or a deadline is past.

    Looks at lines that hold nothing else: the number in the first lines, the first date after it.
    """
    number = _first(document.segments, document.indices[:_HEAD_LINES], _NUMBER)
    both = zip(document.indices, document.texts, strict=True)
    wanted = [index for index, text in both if len(text) < 60 and "日" in text[-4:]]
    dated = _first(document.segments, wanted, _DATED)
    if dated is None:
        return
    line, match = dated
    day = _DAY.match(match["day"])
    if day is None or not _exists(day):
        return
    if number is not None and number[0].at < line.at and number[1]["year"] != day["y"]:
        says = f"发文字号是 {number[1]['year']} 年的，成文日期是 {day['y']} 年的。"
        yield _doubt(line, match, says, OTHER_YEAR)
    yield from _past(document, line.at, _date(day))


def _first(
    segments: Sequence[Segment], indices: Sequence[int], pattern: re.Pattern[str]
) -> tuple[Line, re.Match[str]] | None:
    for line in lines(segments, indices):
        match = pattern.search(line.text) if len(line.text) < 60 else None
        if match and (pattern is not _DATED or match.start() == 0):
            return line, match
    return None


def _past(document: Document, end: int, dated: date) -> Iterator[Doubt]:
    before = [index for index in document.holding("日") if index < end]
    for line in lines(document.segments, before):
        for match in _DEADLINE.finditer(line.text):
            day = _DAY.match(match["day"])
            if day is not None and _exists(day) and _date(day) < dated:
                yield _doubt(line, match, "这个期限在成文日期以前。")


def _doubt(line: Line, match: re.Match[str], says: str, rule: str = RULE) -> Doubt:
    start, end = match.span("day")
    return Doubt(rule, line.at, (line.offset + start, line.offset + end), says)
