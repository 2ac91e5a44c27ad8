"""Does a short text look like a Chinese person's name? By form only."""

import re

import resources
from detection.checks import Check, Checked

_HAN = re.compile(r"[㐀-䶿一-鿿𠀀-𲎯·]{2,8}")
_TABLE = resources.table("rules/tables/surnames.toml")
_SINGLE = frozenset(_TABLE["single"])
DOUBLE = frozenset(_TABLE["double"])
"""Surnames of two characters."""

NOT_NAMES = frozenset(_TABLE["not_names"])
"""Words that begin with a surname and name nobody."""

_BORNE = frozenset(_TABLE["borne"])
_UNPLACED = "的在到对位于是系与及由从给往把被为住因了着过其该这那有无已曾就等称说至离搬迁"
_FIRST, _LAST = 0x4E00, 0x9FFF


def _place_characters() -> str:
    """A class of the Han that may stand in a place's name: no particle, no preposition."""
    pieces, low = [], _FIRST
    for code in sorted(map(ord, _UNPLACED)):
        if low < code:
            pieces.append(f"{chr(low)}-{chr(code - 1)}")
        low = code + 1
    return "[㐀-䶿" + "".join(pieces) + f"{chr(low)}-{chr(_LAST)}]"


FRAGMENTS = {
    "place": _place_characters(),
    "single": f"[{_TABLE['single']}]",
    "double": "(?:" + "|".join(_TABLE["double"]) + ")",
    "han": "[㐀-䶿一-鿿𠀀-𲎯]",
}
"""Pieces of patterns every pack may put in: surnames of one and of two characters, a Han."""


def person_name(text: str, *, named: bool) -> Checked | None:
    """2 to 4 Han characters that begin with a surname, or two parts joined by `·`."""
    bare = text.strip()
    if not _HAN.fullmatch(bare) or (bare in NOT_NAMES and not (named and bare in _BORNE)):
        return None
    if "·" in bare[1:-1]:
        return Checked(0.85)
    if bare[:2] in DOUBLE and 3 <= len(bare) <= 4:
        return Checked(0.95)
    if bare[0] in _SINGLE and 2 <= len(bare) <= 3 + named:
        return Checked(0.9 if len(bare) <= 3 else 0.6)
    return None


NAME_CHECKS: dict[str, Check] = {
    "person_name": person_name,
}
