"""Where a text says what is said of people alone: sex, age, identity card, mobile number."""

import re
from collections.abc import Iterator

# One class stands first; the marks before it are looked for where it is found.
_TOLD = re.compile(
    r"[男女公身1-9](?:(?<=[男女])[,、)。; ]|(?<=公)民身份证|(?<=身)份证|(?<![0-9][0-9])"
    "(?:(?<=[1-9])[0-9]{0,2}周{0,1}岁|(?<=1)[3-9][0-9]{9}(?![0-9])))"
)
_MARKS = frozenset(",( ")
_MOST_MARKS = 2


def told(text: str) -> Iterator[int]:
    """Where a name may end, for what stands behind it is said of people alone."""
    free = 0
    for match in _TOLD.finditer(text):
        end, least = match.start(), max(match.start() - _MOST_MARKS, free)
        while end > least and text[end - 1] in _MARKS:
            end -= 1
        free = match.end()
        yield end
