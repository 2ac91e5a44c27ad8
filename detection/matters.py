"""Which columns of a list may be public, by matter: a whitelist, never a blacklist.

The matters are `resources/masks/*.toml`; `never.toml` holds what no list carries. Pure.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import resources

NEVER = "masks/never.toml"


@dataclass(frozen=True, slots=True)
class Column:
    """One permitted column. `mask` is "", "name" or "village"; `align` of OOXML."""

    names: tuple[str, ...]
    mask: str
    align: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: what may be shown, on what basis, where."""

    key: str
    label: str
    aliases: tuple[str, ...]
    basis: tuple[str, ...]
    where: str
    list_title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the whitelist makes of a list's head.

    `kept`: (place in the list, permitted column); `dropped`: (name, why) in Chinese.
    """

    kept: tuple[tuple[int, Column], ...]
    dropped: tuple[tuple[str, str], ...]


@cache
def matters() -> tuple[Matter, ...]:
    """All matters, in the order of their file names."""
    return tuple(_matter(name) for name in resources.names("masks", ".toml") if name != NEVER)


def _matter(name: str) -> Matter:
    data = resources.table(name)
    return Matter(
        key=name.removeprefix("masks/").removesuffix(".toml"),
        label=data["label"],
        aliases=tuple(data["aliases"]),
        basis=tuple(data["basis"]),
        where=data["where"],
        list_title=data["list_title"],
        columns=tuple(
            Column(tuple(c["names"]), c.get("mask", ""), c["align"]) for c in data["column"]
        ),
    )


def find(name: str) -> Matter | None:
    """The matter with this key, label or alias."""
    wanted = name.strip()
    for matter in matters():
        if wanted in {matter.key, matter.label, *matter.aliases}:
            return matter
    return None


def choose(matter: Matter, columns: Sequence[str]) -> Choice:
    """Decide on each column of a list; what is not named in the whitelist is dropped."""
    kept: list[tuple[int, Column]] = []
    dropped: list[tuple[str, str]] = []
    for place, name in enumerate(columns):
        never = _never(name)
        permitted = None if never else _permitted(matter, name)
        if never:
            dropped.append((name, f"{never[0]}一律不公示（{never[1]}）"))
        elif permitted is None:
            dropped.append((name, f"不在“{matter.label}”允许公示的列中"))
        else:
            kept.append((place, permitted))
    return Choice(tuple(kept), tuple(dropped))


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def _permitted(matter: Matter, name: str) -> Column | None:
    """By the whole name, or the name without a bracketed unit: 金额（元）."""
    forms = {_plain(name), re.sub(r"\([^()]*\)$", "", _plain(name))}
    for column in matter.columns:
        if forms & {_plain(n) for n in column.names}:
            return column
    return None


def _never(name: str) -> tuple[str, str] | None:
    """Label and basis of the forbidden kind this column's name belongs to."""
    plain = _plain(name).upper()
    for kind in resources.table(NEVER)["column"]:
        if any(plain == word for word in kind.get("except", ())):
            continue
        if any(word in plain for word in kind["words"]):
            return kind["label"], kind["basis"]
    return None
