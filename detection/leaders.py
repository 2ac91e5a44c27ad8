"""Leaders in a text against the office's own list: a title beside a name that is not on it.

The list is kept by the office (`[leaders]` in a file of its rules: a title and its names); the
program brings none, for it would be out of date the day it is shipped.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from detection.doubt import Document, Doubt
from detection.names import FRAGMENTS, person_name
from detection.normal import plain

RULE = "unlisted-leader"

Leaders = Mapping[str, frozenset[str]]
"""By title, the names of those who hold it."""

_FORM = '请写成 [leaders] 和若干行 "职务" = ["姓名"]'
_PERSON = rf"(?:{FRAGMENTS['double']}|{FRAGMENTS['single']}){FRAGMENTS['han']}{{1,2}}"
_AFTER = re.compile(
    rf"[:：\s]{{0,2}}(?P<name>{_PERSON}?)(?=[，。、；：,;:）)\s]|$|同志|主持|出席|讲话|带队|率队|率|"
    "调研|强调|指出|介绍|参加|表示|到|在)"
)
_BEFORE = re.compile(rf"(?:^|[，。、；：,;:（(\s“])(?P<name>{_PERSON})(?:同志)?$")
_OTHER = "副原前"
_LONGEST_NAME = 6
_SMALL_WORDS = "向和于在到对从与由要全应安高时经成常强"
_ENDS = ("", *"，。、；：,;:）) 同")


def read_leaders(text: str) -> dict[str, frozenset[str]]:
    """The list in an office's file; empty where it holds none. Raises ValueError (Chinese)."""
    table = tomllib.loads(text).get("leaders", {})
    if not isinstance(table, dict):
        raise ValueError(f"领导名单写法有误，{_FORM}")
    found: dict[str, frozenset[str]] = {}
    for title, names in table.items():
        known = [names] if isinstance(names, str) else names
        if not isinstance(known, list) or not all(isinstance(n, str) and n.strip() for n in known):
            raise ValueError(f"领导名单中“{title}”的写法有误，{_FORM}")
        if len(title.strip()) < 2:
            raise ValueError("领导名单中的职务至少要两个字")
        found[plain(title).strip()] = frozenset("".join(plain(n).split()) for n in known)
    return found


def unlisted(document: Document, leaders: Leaders) -> Iterator[Doubt]:
    """A doubt for each name beside a title of the list that does not stand there with it."""
    if not leaders:
        return
    titles = _pattern(tuple(sorted(leaders, key=len, reverse=True)))
    for index, text in zip(document.indices, document.texts, strict=True):
        for match in titles.finditer(text):
            start, end = match.span()
            if start and text[start - 1] in _OTHER:
                continue
            span = _stranger(text, start, end, leaders[match[0]])
            if span is not None:
                yield Doubt(RULE, index, span)


@lru_cache(maxsize=8)
def _pattern(titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, titles)))


def _stranger(text: str, start: int, end: int, names: frozenset[str]) -> tuple[int, int] | None:
    """Where a name stands right behind or before the title, if it is none of `names`."""
    after = text[end : end + 2 * _LONGEST_NAME]
    before = text[max(0, start - _LONGEST_NAME) : start]
    if any(after.lstrip(" :：\u3000").startswith(n) for n in names):
        return None
    if any(before.rstrip().removesuffix("同志").endswith(n) for n in names):
        return None
    for match, base in ((_AFTER.match(after), end), (_BEFORE.search(before), start - len(before))):
        if match and _is_name(match["name"], text[base + match.end("name") :][:1]):
            return base + match.start("name"), base + match.end("name")
    return None


def _is_name(name: str, following: str) -> bool:
    """A surname that is also a small word makes a name only where the name ends there."""
    if name[0] in _SMALL_WORDS and following not in _ENDS:
        return False
    return person_name(name, named=False) is not None
