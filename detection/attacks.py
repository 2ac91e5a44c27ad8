"""Texts made to make a pattern slow, and what they cost it beside the plainest of searches."""

import re
import time
from collections.abc import Iterator
from functools import cache

from detection.expression import Expression
from detection.rule import Pattern, Rule
from detection.starts import beginnings_of

SIZE = 350_000
"""Characters: about 1 MB of Chinese text in UTF-8."""

PROMISE = 50 / 34
"""So many plain searches a pattern may cost: one takes 34 ms where the promise is 50 ms, so this
is the promise on any machine."""

_PLAIN = re.compile(r"[\s\S]")
"""A search that stops at every character."""

_SIGNS = (" ", "1", "1 ", "密 ", "秘 ", "12-", "a@")
_EVERY = 40


def attacks(rule: Rule, pattern: Pattern, size: int = SIZE) -> Iterator[str]:
    """Texts of `size` characters, each one piece over and over.

    The pieces: what the rule hits and must not hit, whole and cut; the pattern's own characters;
    some of what its matches begin with; signs that many patterns look for.
    """
    samples = [example.bare for example in (*rule.hit[:3], *rule.miss[:2])]
    cut = [text[: max(1, len(text) * 2 // 3)] for text in samples]
    literals = "".join(c for c in pattern.regex.pattern if "一" <= c <= "鿿")
    begins = beginnings_of(pattern.regex.pattern)
    heads = sorted(begins.heads)[::_EVERY] if begins else []
    for piece in dict.fromkeys((*samples, *cut, literals, literals[:1], *heads, *_SIGNS)):
        if piece:
            yield (piece * (size // len(piece) + 1))[:size]


def cost(pattern: Pattern, text: str, times: int = 1) -> float:
    """What a search through all of `text` takes, in plain searches of a text as long.

    The least of so many times, each beside a plain search of its own: a machine busy with something
    else is not the pattern's fault.
    """
    return min(
        _seconds(pattern.regex, text) / _seconds(_PLAIN, _ordinary(len(text))) for _ in range(times)
    )


@cache
def _ordinary(size: int) -> str:
    return "检" * size


def _seconds(searched: Expression | re.Pattern[str], text: str) -> float:
    """Of processor time."""
    began = time.process_time()
    for _ in searched.finditer(text):
        pass
    return time.process_time() - began
