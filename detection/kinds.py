"""Kinds of documents that usually are not published, told by their own structure.

A title says it most of the time, and the packs know the titles. Here are those whose title does not
say it, or who have none: by whom they address, how they close, which labels they carry.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import resources
from detection.doubt import Document, Doubt, Line, lines
from formats.reading import Segment

RULE = "not-for-release-kind"
_HEAD = 25
_TAIL = 8
_LONGEST = 200


class _Kind(NamedTuple):
    """`least` of the features must be there, `must` among them, and `veto` not."""

    name: str
    least: int
    head: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    must: re.Pattern[str] | None
    veto: re.Pattern[str] | None
    tables: bool
    article: str
    says: str


def _kinds() -> tuple[_Kind, ...]:
    rows = resources.table("rules/tables/kinds.toml")["kind"]
    return tuple(
        _Kind(
            row["name"],
            row["least"],
            tuple(re.compile(text) for text in row["head"]),
            tuple(re.compile(text) for text in row.get("tail", ())),
            re.compile(row["must"]) if "must" in row else None,
            re.compile(row["veto"]) if "veto" in row else None,
            row.get("tables", False),
            row["article"],
            row["says"],
        )
        for row in rows
    )


_KINDS = _kinds()


def told(document: Document) -> Iterator[Doubt]:
    """At most one doubt: of the first kind that fits, at the line that tells most (the closing
    words, or the first)."""
    head = _lines(document.segments, document.indices[:_HEAD])
    tail = _lines(document.segments, document.indices[-_TAIL:])
    title = "".join(line.text for line in head[:3])
    for kind in _KINDS:
        if kind.veto and kind.veto.search(title):
            continue
        heads = [line for line in head if kind.tables or line.place.row is None]
        ends = [_first(pattern, tail) for pattern in kind.tail]
        found = [*ends, *(_first(pattern, heads) for pattern in kind.head)]
        seen = [one for one in found if one is not None]
        if len(seen) < kind.least or (kind.tail and not any(ends)):
            continue
        if kind.must and not any(kind.must.search(line.text) for line, _ in seen):
            continue
        line, match = seen[0]
        # The words that tell it, never what is filled in behind them.
        span = (line.offset + match.start(), line.offset + match.end())
        yield Doubt(RULE, line.at, span, kind.says, kind.article)
        return


def _lines(segments: Sequence[Segment], indices: Sequence[int]) -> list[Line]:
    short = [i for i in indices if len(segments[i].text) <= 4 * _LONGEST]
    return [
        line._replace(text=line.text.rstrip())
        for line in lines(segments, short)
        if len(line.text) <= _LONGEST
    ]


def _first(pattern: re.Pattern[str], found: Sequence[Line]) -> tuple[Line, re.Match[str]] | None:
    for line in found:
        match = pattern.search(line.text)
        if match and match.end() > match.start():
            return line, match
    return None
