"""Compiles the regular expressions of the packs and refuses those that could run away.

What is allowed: RE2's syntax with bounded repeats (possessive ones, `{0,8}+`, where a gap is
disjoint from what follows, so that it costs no ways; atomic groups), and look-around at the two
ends only. Bounded repeats of bounded cost make every search linear in the text, whatever it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from detection.alternatives import grouped
from detection.normal import END, JOIN, plain
from detection.trees import tree_of

_MOST_STEPS = 4000
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_MOST_REPEATS = 200
_FOREIGN = re.compile(r"[^\x00-\x7f一-鿿]")
"""What may be written otherwise in normalised text."""
# What must not stand before a first class is asked after it: a class that stands first is searched
# several times as fast.
_NOT_BEFORE = re.compile(r"^\(\?<!(\[[^\[\]\\]+\])\)(\[[^\[\]\\]+\])(?![{?*+])")
_SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "IN"})


Found = Callable[..., re.Match[str] | None]


@dataclass(frozen=True)
class Expression:
    """A regular expression that is compiled when it is first searched for.

    A cold start compiled five hundred of them, a third of its time; one file needs few.
    """

    pattern: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """As `re.compile` gives it, written anew so that it is searched faster. Raises re.error."""
        return re.compile(grouped(self.pattern))

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.compiled.finditer

    @cached_property
    def search(self) -> Found:
        return self.compiled.search

    @cached_property
    def match(self) -> Found:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Found:
        return self.compiled.fullmatch

    @cached_property
    def groups(self) -> Mapping[str, int]:
        """The named groups and their numbers."""
        return self.compiled.groupindex


def expression(text: str, fragments: Mapping[str, str], *, judged: bool = True) -> Expression:
    """`text` with its `<<fragment>>`s put in, normalised as the searched text is.

    A negated class never matches the marks between segments. Raises ValueError (Chinese) for what
    is not allowed, re.error for what is no regular expression, KeyError for an unknown fragment.
    `judged`: false for our own packs, which the tests judge: it takes a sixth of a cold start.
    """
    full = text
    for _ in range(4):
        full = re.sub(r"<<([a-z_]+)>>", lambda m: fragments[m[1]], full)
    full = _FOREIGN.sub(lambda m: _folded(m[0]), full)
    full = re.sub(r"(?<!\\)\[\^", lambda m: f"[^{END}{JOIN}", full)
    if judged:
        _judge(tree_of(full))
    made = Expression(_NOT_BEFORE.sub(r"\2(?<!\1[\\s\\S])", full))
    if judged:
        _ = made.compiled
    return made


def _folded(character: str) -> str:
    becomes = plain(character)
    return re.escape(becomes) if becomes and becomes != character else character


def _judge(tree: Any) -> None:
    _refuse(tree)
    if _steps(tree) > _MOST_STEPS:
        raise ValueError("重复太多，可能拖慢检查；请缩小 {} 中的次数，不要用 * 和 +")


def _refuse(sequence: Any) -> None:
    """What no pattern may hold, in this sequence and in all within it."""
    last = len(sequence) - 1
    for at, (op, value) in enumerate(sequence):
        name = op.name
        if name == "ANY":
            raise ValueError("不能用“.”，请写明是哪些字符")
        if name.startswith("GROUPREF"):
            raise ValueError("不能引用前面的分组")
        if name.startswith("ASSERT") and 0 < at < last:
            raise ValueError("前后条件只能写在两端")
        if name == "IN":
            if any(kind.name == "CATEGORY" and "NOT" in which.name for kind, which in value):
                raise ValueError("不能用 \\S、\\W、\\D，请写明是哪些字符")
            continue
        for inner in _inside(name, value):
            _refuse(inner)


def _inside(name: str, value: Any) -> list[Any]:
    if name in _REPEATS:
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _steps(tree: Any) -> int:
    """A bound on the ways to match from one start: repeats in a row multiply where they vary."""
    ways = 1
    for op, value in tree:
        name = op.name
        if name in _REPEATS:
            least, most, inner = value
            if int(most) > _MOST_REPEATS:
                return _MOST_STEPS + 1
            if name == "POSSESSIVE_REPEAT":
                # Python before 3.11.5 loses its place where a possessive group fails half-way.
                if len(inner) > 1 or inner[0][0].name not in _SINGLE:
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
