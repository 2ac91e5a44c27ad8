"""Data and the only way to it: rules, law, wording, icons, style.

What stands here is read, never written; an office's own additions live in its Home.
It never imports another room.
"""

from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """The file `name` (relative, `/` between folders). Raises FileNotFoundError if missing."""
    found = ROOT / name
    if not found.exists():
        raise FileNotFoundError(name)
    return found


def text(name: str) -> str:
    """The whole of a UTF-8 text resource."""
    return path(name).read_text(encoding="utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML resource as plain dicts and lists; read once. Callers must not change it."""
    import tomllib  # the window is painted before the first table is wanted

    return tomllib.loads(text(name))


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """The resource names in `folder` that end in `suffix`, sorted."""
    return tuple(f"{folder}/{p.name}" for p in sorted(path(folder).iterdir()) if p.suffix == suffix)
