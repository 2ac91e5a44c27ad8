"""Does a short text look like a Chinese person's name, or where a person lives? By form only."""

import re

import resources
from detection.checks import Check, Checked

_LIVED_IN = re.compile("村|社区|居委会|路|街|巷|小区|苑|园|坝|湾|镇|乡")
_BETWEEN = re.compile(r"[、,，\s]+")
_HAN = re.compile(r"[㐀-䶿一-鿿𠀀-𲎯·]{2,8}")
_TABLE = resources.table("rules/tables/surnames.toml")
_SINGLE = frozenset(_TABLE["single"])
_DOUBLE = frozenset(_TABLE["double"])
_NOT_NAMES = frozenset(_TABLE["not_names"])

_UNLIKE = frozenset(_TABLE["unlike"])
_WORDLIKE = frozenset(_TABLE["wordlike"])

FRAGMENTS = {
    "single": f"[{_TABLE['single']}]",
    "double": "(?:" + "|".join(_TABLE["double"]) + ")",
    "han": "[㐀-䶿一-鿿𠀀-𲎯]",
}
"""Pieces of patterns every pack may put in: surnames of one and of two characters, a Han."""


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


def name_in_text(text: str, *, named: bool) -> Checked | None:
    """A name in running text, where most of what begins with a surname is a common word."""
    bare = text.strip()
    found = person_name(bare, named=named)
    if found is None or bare[:2] in _NOT_NAMES:
        return None
    given = bare[2:] if bare[:2] in _DOUBLE else bare[1:]
    if any(c in _UNLIKE for c in given) or (bare[0] in _WORDLIKE and len(bare) < 3):
        return None
    return found


def name_list(text: str, *, named: bool) -> Checked | None:
    """Several names, one after the other; a single one too."""
    outcomes = [name_in_text(part, named=named) for part in _BETWEEN.split(text) if part]
    if not outcomes or None in outcomes:
        return None
    return Checked(min(one.certainty for one in outcomes if one is not None))


def home_address(text: str, *, named: bool) -> Checked | None:
    """A village, community, road or estate, and a group or a number in it."""
    del named
    return Checked(0.85) if _LIVED_IN.search(text) else None


NAME_CHECKS: dict[str, Check] = {
    "person_name": person_name,
    "name_in_text": name_in_text,
    "name_list": name_list,
    "home_address": home_address,
}
