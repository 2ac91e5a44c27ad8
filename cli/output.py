"""What leaves by stdout and stderr: one JSON value a line, tables for people, progress."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from models.kernel import visible


def line(value: Any) -> None:
    """One JSON value on one line of stdout."""
    print(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")), flush=True)


def document(value: Any) -> None:
    """One JSON document, indented, on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2), flush=True)


def say(text: str) -> None:
    """A sentence for the person, on stdout."""
    print(text, flush=True)


def complain(reasons: Iterable[str]) -> None:
    """Refusals and other reasons, one a line on stderr."""
    for reason in reasons:
        print(reason, file=sys.stderr, flush=True)


def progress(done: int, total: int, note: str) -> None:
    """`3/30 doing what`, on stderr, only where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{done}/{total} {note}", end="" if done < total else "\n", file=sys.stderr)


def shown(name: str) -> str:
    """A file's name on one line: line ends, terminal commands and turned writing become "?"."""
    return "".join(c if visible.seen(c) else "?" for c in name)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns aligned for a terminal, where a han takes two places."""
    cells = [
        list(header),
        *([shown(str(c)) if c is not None else "" for c in row] for row in rows),
    ]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(header))]
    for row in cells:
        text = "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True))
        print(text.rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
