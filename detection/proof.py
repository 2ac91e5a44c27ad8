"""Does an office's own rule do what its author means, in bounded time? Tried before it is in force.

The same is asked of our packs by the tests: examples that must hit and that must not, and no
pattern that a text can make slow.
"""

from collections.abc import Iterator

from detection.attacks import PROMISE, attacks, cost
from detection.engine import scan
from detection.rule import Example, Pattern, Rule
from detection.rulebook import Rulebook
from formats.reading import Kind, Part, Place, Reading, Segment

MOST = 5 * PROMISE
"""So many plain searches a pattern of an office may cost, whatever the text; `bench` holds ours to
a fifth of it."""


def wrong_with(rulebook: Rulebook) -> tuple[str, ...]:
    """What is wrong with the office's rules in it, as sentences; empty when all is well."""
    own = [rule for rule in rulebook.rules if rule.id in rulebook.office]
    return tuple(sentence for rule in own for sentence in _wrong(rulebook, rule))


def _wrong(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    name = f"“{rule.label}”"
    if not rule.reason.strip():
        yield f"{name}没有写理由。请写明为什么查它，办理的人要看。"
    if rule.patterns and not (rule.hit and rule.miss):
        yield f"{name}用了句式，要各写一个应当查出和不应当查出的例子，程序才能核对。"
    for example in rule.hit:
        if not _finds(rulebook, rule, example):
            yield f"{name}查不出自己的例子“{_shown(example)}”。请改正句式或者例子。"
    for example in rule.miss:
        if _finds(rulebook, rule, example):
            yield f"{name}查出了不该查出的例子“{_shown(example)}”。请改正句式或者例子。"
    for pattern in rule.patterns:
        if any(_slow(pattern, text) for text in attacks(rule, pattern)):
            yield f"{name}的句式遇到特别的文字会很慢。请写得更具体，减少可以重复的部分。"
            return


def _finds(rulebook: Rulebook, rule: Rule, example: Example) -> bool:
    lines = example.bare.split("\n")
    part = Part(example.part)
    reading = Reading(
        Kind.TXT, tuple(Segment(Place(part, paragraph=n), line) for n, line in enumerate(lines, 1))
    )
    return any(found.rule == rule.id for found in scan(reading, rulebook))


def _shown(example: Example) -> str:
    return example.text if len(example.text) <= 30 else f"{example.text[:29]}…"


def _slow(pattern: Pattern, text: str) -> bool:
    """Asked again before it is said: a busy machine slows the first search of a pattern too."""
    return cost(pattern, text) > MOST and cost(pattern, text, times=3) > MOST
