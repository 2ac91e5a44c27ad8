"""Plain values as TOML text, for the rule file that the window keeps: what `tomllib` reads back."""

import json
from collections.abc import Mapping
from typing import Any


def written(data: Mapping[str, Any], head: str = "") -> str:
    """`data` (strings, numbers, booleans, lists, tables) as TOML; `head`: a remark at the top.

    Comments and the way it was written before are not kept, every value is.
    """
    lines = [f"# {line}" for line in head.splitlines()]
    lines += _table(data, ())
    return "\n".join(lines).strip() + "\n"


def _table(data: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {k: v for k, v in data.items() if not _is_table(v) and not _are_tables(v)}
    lines = [f"{_key(k)} = {_value(v)}" for k, v in plain.items()]
    for key, value in data.items():
        inner = (*path, key)
        name = ".".join(map(_key, inner))
        if _is_table(value):
            lines += ["", f"[{name}]", *_table(value, inner)]
        elif _are_tables(value):
            for row in value:
                lines += ["", f"[[{name}]]", *_table(row, inner)]
    return lines


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _key(key: str) -> str:
    bare = key and all(c.isascii() and (c.isalnum() or c in "-_") for c in key)
    return key if bare else _string(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())}}}"
    return repr(value)


def _string(text: str) -> str:
    """JSON's escapes are TOML's too, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
