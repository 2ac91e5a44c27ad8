"""Where a text says what is said of people alone: sex, age, identity card, mobile number."""

import re
from collections.abc import Iterator

from detection.search import Signs

SIGNS = (
    *(sex + mark for sex in "男女" for mark in ",、)。; "),
    "身份证",
    *(last + "岁" for last in "0123456789周"),
    *("1" + second for second in "3456789"),
)
"""What it begins with, and of an age the end."""

_TOLD = re.compile("[男女].|身份证|.岁|(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_LEAD = re.compile(r"公民(?=身\Z)|(?<![0-9])[1-9][0-9]{0,2}周{0,1}(?=岁\Z)")
_LONGEST_LEAD = 4
_MARKS = frozenset(",( ")
_MOST_MARKS = 2


def told(text: str, signs: Signs) -> Iterator[int]:
    """Where a name may end, for what stands behind it is said of people alone.

    `signs`: where those of SIGNS stand.
    """
    free = 0
    for start in sorted(start for sign in SIGNS for start in signs.get(sign, ())):
        match = _TOLD.match(text, start)
        if match is None:
            continue
        stop = match.end()
        end = stop - 1 if text[stop - 1] == "岁" else start
        lead = _LEAD.search(text, max(end - _LONGEST_LEAD, 0), end + 1)
        if lead is not None:
            end = lead.start()
        elif text[end] == "岁":
            continue
        least = max(end - _MOST_MARKS, free)
        while end > least and text[end - 1] in _MARKS:
            end -= 1
        free = stop
        yield end
