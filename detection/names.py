"""Does a short text look like a Chinese person's name? By surname and length only."""

import re

import resources
from detection.checks import Checked

_HAN = re.compile(r"[㐀-䶿一-鿿𠀀-𲎯·]{2,8}")
_TABLE = resources.table("rules/tables/surnames.toml")
_SINGLE = frozenset(_TABLE["single"])
_DOUBLE = frozenset(_TABLE["double"])
_NOT_NAMES = frozenset(_TABLE["not_names"])


def person_name(text: str, *, named: bool) -> Checked | None:
    """2 to 4 Han characters that begin with a surname, or two parts joined by `·`."""
    bare = text.strip()
    if not _HAN.fullmatch(bare) or bare in _NOT_NAMES:
        return None
    if "·" in bare[1:-1]:
        return Checked(0.85)
    if bare[:2] in _DOUBLE and 3 <= len(bare) <= 4:
        return Checked(0.95)
    if bare[0] in _SINGLE and 2 <= len(bare) <= 3 + named:
        return Checked(0.9 if len(bare) <= 3 else 0.6)
    return None
