"""Lines by hands that knew no rule, each with the spans of what is marked in it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(r"⟦([a-z]+):([^⟧]*)⟧")

Span = tuple[int, int]


class Told(NamedTuple):
    """A text and the spans of what is marked in it: `h` are homes, `n` names, and the kinds of
    facts; `?` is not judged."""

    text: str
    spans: Mapping[str, Sequence[Span]]

    @property
    def homes(self) -> Sequence[Span]:
        return self.spans.get("h", ())

    @property
    def names(self) -> Sequence[Span]:
        return self.spans.get("n", ())


def told(path: Path) -> list[Told]:
    """The lines of a file by one hand; ⟦h:…⟧ is a home, ⟦n:…⟧ a name, ⟦health:…⟧ a fact."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [unmarked(line) for line in lines if line.strip()]


def unmarked(line: str) -> Told:
    """The text of a marked line and where what is marked lies."""
    text, at = "", 0
    spans: dict[str, list[Span]] = {}
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.setdefault(mark[1], []).append((len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Told(text + line[at:], spans)
