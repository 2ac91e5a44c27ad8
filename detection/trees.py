"""A regular expression as the standard library parses it: what can be read off a pattern."""

import importlib
from functools import lru_cache
from typing import Any

_parser: Any = importlib.import_module("re._parser")


@lru_cache(maxsize=4)
def tree_of(expression: str) -> Any:
    """The parsed pattern, a sequence of (operation, value). Raises re.error.

    Judging, gate and beginnings of a pattern are asked for one after the other: parsed once.
    """
    return _parser.parse(expression)
