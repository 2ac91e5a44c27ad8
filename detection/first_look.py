"""Where a name may begin at a glance, in a surname and the characters on either side of it.

A surname stands at every fifth place of a text, and nearly all of them fall here, at a sum of
learned weights that knows no words.
"""

import re
from collections.abc import Iterator

from detection.evidence import PAIRS, SURNAME
from detection.name_sight import GLANCE_TAIL, glimpse, glimpse_ahead
from detection.names import DOUBLE, FRAGMENTS
from detection.weights import Sums, learned

# One name in fifty is lost at the glance; nearly all of these would be anyhow.
_ENOUGH = -430
_WEIGHTS = learned("name_weights.txt")
_MOST_AHEAD = 300
"""What stands before a name hardly weighs more."""
_LEAST = _ENOUGH - _WEIGHTS.get("glance bias", 0)
_TAIL = _WEIGHTS.get(GLANCE_TAIL, 0)
_GLIMPSE, _AHEAD = Sums(_WEIGHTS, glimpse), Sums(_WEIGHTS, glimpse_ahead)
_FIRSTS = "".join(sorted({double[0] for double in DOUBLE}))
MAY_BEGIN = re.compile(f"[{''.join(SURNAME)}{_FIRSTS}](?={FRAGMENTS['han']})")
"""A surname or the beginning of one, and a Han behind it."""


def starts(text: str) -> Iterator[int]:
    """Where a name may begin in the normalised `text`, rising."""
    glimpse, ahead, least, near = _GLIMPSE, _AHEAD, _LEAST, _LEAST - _MOST_AHEAD
    for match in MAY_BEGIN.finditer(text):
        start = match.start()
        seen = glimpse[text[start : start + 2]]
        if seen < near:
            continue
        seen += ahead[text[start - 2 : start]]
        if seen < least:
            continue
        if seen + _TAIL >= least or text[start - 1 : start + 1] not in PAIRS:
            yield start
