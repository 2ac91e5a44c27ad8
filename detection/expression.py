"""Compiles the regular expressions of the packs and refuses those that could run away.

What is allowed: RE2's syntax with bounded repeats (possessive ones, `{0,8}+`, where a gap is
disjoint from what follows, so that it costs no ways; atomic groups), and look-around at the two
ends only. Bounded repeats of bounded cost make every search linear in the text, whatever it is.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from detection.normal import END, JOIN, plain
from detection.trees import tree_of

_MOST_STEPS = 4000
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_MOST_REPEATS = 200
_FOREIGN = re.compile(r"[^\x00-\x7f一-鿿]")
"""What may be written otherwise in normalised text."""
_SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "IN"})


def expression(text: str, fragments: Mapping[str, str]) -> re.Pattern[str]:
    """`text` with its `<<fragment>>`s put in, normalised as the searched text is, compiled.

    A negated class never matches the marks between segments. Raises ValueError (Chinese) for what
    is not allowed, re.error for what is no regular expression, KeyError for an unknown fragment.
    """
    full = text
    for _ in range(4):
        full = re.sub(r"<<([a-z_]+)>>", lambda m: fragments[m[1]], full)
    full = _FOREIGN.sub(lambda m: _folded(m[0]), full)
    full = re.sub(r"(?<!\\)\[\^", lambda m: f"[^{END}{JOIN}", full)
    tree = tree_of(full)
    _judge(tree)
    return re.compile(full)


def _folded(character: str) -> str:
    becomes = plain(character)
    return re.escape(becomes) if becomes and becomes != character else character


def _judge(tree: Any) -> None:
    for name, value in _nodes(tree):
        if name == "ANY":
            raise ValueError("不能用“.”，请写明是哪些字符")
        if name == "CATEGORY" and "NOT" in str(value):
            raise ValueError("不能用 \\S、\\W、\\D，请写明是哪些字符")
        if name.startswith("GROUPREF"):
            raise ValueError("不能引用前面的分组")
    for sequence in _sequences(tree):
        inner = sequence[1:-1] if sequence is tree or len(sequence) > 1 else []
        if any(str(op).startswith("ASSERT") for op, _ in inner):
            raise ValueError("前后条件只能写在两端")
    if _steps(tree) > _MOST_STEPS:
        raise ValueError("重复太多，可能拖慢检查；请缩小 {} 中的次数，不要用 * 和 +")


def _nodes(tree: Any) -> Iterator[tuple[str, Any]]:
    for op, value in tree:
        yield str(op), value
        for inner in _inside(op, value):
            yield from _nodes(inner)


def _inside(op: Any, value: Any) -> list[Any]:
    name = str(op)
    if name in _REPEATS:
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [value[1]]
    if name == "ATOMIC_GROUP":
        return [value]
    return [value] if name == "IN" else []


def _sequences(tree: Any) -> Iterator[Any]:
    yield tree
    for op, value in tree:
        if str(op) != "IN":
            for inner in _inside(op, value):
                yield from _sequences(inner)


def _steps(tree: Any) -> int:
    """A bound on the ways to match from one start: repeats in a row multiply where they vary."""
    ways = 1
    for op, value in tree:
        name = str(op)
        if name in _REPEATS:
            least, most, inner = value
            if int(most) > _MOST_REPEATS:
                return _MOST_STEPS + 1
            if name == "POSSESSIVE_REPEAT":
                # Python before 3.11.5 loses its place where a possessive group fails half-way.
                if len(inner) > 1 or str(inner[0][0]) not in _SINGLE:
                    raise ValueError("“+”只能加在单个字符后面；一组字符请写成 (?>(?:…){0,1})")
                continue
            choices = int(most) - int(least) + 1
            # A body that can itself match in several ways multiplies with each turn.
            ways *= choices * min(_steps(inner) ** int(most), _MOST_STEPS + 1)
        elif name == "ATOMIC_GROUP":
            _steps(value)
        elif name == "BRANCH":
            ways *= max(_steps(branch) for branch in value[1])
        elif name == "SUBPATTERN":
            ways *= _steps(value[3])
        if ways > _MOST_STEPS:
            return ways
    return ways
