"""What a text must hold for a pattern to match at all, read off the pattern itself.

A gate is a conjunction of alternatives: of each tuple one string must occur. Most patterns' gates
are shut on most text.
"""

import re
from collections.abc import Sequence
from typing import Any

from detection.trees import tree_of

Gate = tuple[tuple[str, ...], ...]

_MOST = 80
_CLASS = 12


def gate_of(pattern: str) -> Gate:
    """The gate of a pattern; empty where nothing certain can be said."""
    tree = tree_of(pattern)
    if tree.state.flags & re.IGNORECASE:
        return ()
    found = _clauses(tree)
    return tuple(sorted(tuple(sorted(c)) for c in found if not _common(c)))


def _common(clause: frozenset[str]) -> bool:
    """Blanks, digits and marks between segments are everywhere; asking for them is waste."""
    return any(len(text) == 1 and (text.isdigit() or ord(text) <= ord(" ")) for text in clause)


def _clauses(tree: Any) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    literal = ""
    for op, value in tree:
        name = op.name
        if name == "LITERAL":
            literal += chr(value)
            continue
        if literal:
            found.append(frozenset({literal}))
            literal = ""
        found.extend(_of_item(name, value))
    if literal:
        found.append(frozenset({literal}))
    return found


def _of_item(name: str, value: Any) -> list[frozenset[str]]:
    if name == "IN":
        return _of_class(value)
    if name == "SUBPATTERN":
        return _clauses(value[3])
    if name == "ATOMIC_GROUP":
        return _clauses(value)
    if name == "ASSERT":
        return _clauses(value[1])
    if name in {"MAX_REPEAT", "POSSESSIVE_REPEAT"} and int(value[0]) > 0:
        return _clauses(value[2])
    if name == "BRANCH":
        ways = [_best(_clauses(branch)) for branch in value[1]]
        union = frozenset(text for way in ways for text in way)
        if all(ways) and len(union) <= _MOST:
            return [union]
    return []


def _of_class(items: Any) -> list[frozenset[str]]:
    if len(items) <= _CLASS and all(op.name == "LITERAL" for op, _ in items):
        return [frozenset(chr(code) for _, code in items)]
    return []


def _best(clauses: Sequence[frozenset[str]]) -> frozenset[str]:
    usable = [c for c in clauses if not _common(c)]
    if not usable:
        return frozenset()
    return max(usable, key=lambda c: (min(len(text) for text in c), -len(c)))
