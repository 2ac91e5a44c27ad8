"""The rulebook: our packs and the office's own lists, under one version."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import resources
from detection import dwellings, naming, undone
from detection.leaders import Leaders, read_leaders
from detection.packs import BadRule, read_exceptions, read_list, read_pack
from detection.rule import Allowed, Column, Over, Pattern, Rule, Zone
from detection.search import Search, Sought

__all__ = ["BadRule", "Rulebook", "load"]


_TABLES = (
    *resources.names("rules/tables", ".toml"),
    *resources.names("rules/tables", ".txt"),
)
"""What the rules lean on: it changes what is found as much as a rule does."""


class Searches(NamedTuple):
    """What the rules look for, laid out for one walk over a text each.

    `text`: patterns that may lie anywhere, the literal words, signs of names, homes and masks.
    `front`: those that are found at the edges and in the heads alone. `heads`: what the heads of
    columns say. `facts`: what is said of persons.
    """

    text: Search[Pattern]
    front: Search[Pattern]
    heads: Search[Column]
    facts: Search[Pattern]


@dataclass(frozen=True)
class Rulebook:
    """All rules in force. `version` is the sha256 (hex) of every pack's and table's contents.

    `allowed`: an office's exceptions by the rule's id. `office`: the ids of an office's own rules.
    `leaders`: the office's own list of leaders. `reads`: whether lines are read too (`tagger`).
    """

    version: str
    rules: tuple[Rule, ...]
    allowed: Mapping[str, Mapping[str, Allowed]] = field(default_factory=dict)
    office: frozenset[str] = frozenset()
    leaders: Leaders = field(default_factory=dict)
    reads: bool = True

    @cached_property
    def searches(self) -> Searches:
        """The rules as they are searched for; made when the first text is read."""
        patterns = [(n, pattern) for n, rule in enumerate(self.rules) for pattern in rule.patterns]
        free = [
            # What lies in numbers is searched for there (`runs`).
            Sought(n, p, p.regex if p.over is Over.TEXT else None)
            for n, p in patterns
            if not p.linked
        ]
        heads = [
            Sought(number, column, column.header)
            for number, rule in enumerate(self.rules)
            for column in rule.columns
            if column.header is not None
        ]
        return Searches(
            Search(
                [s for s in free if s.subject.zone is Zone.ANY],
                [r.words for r in self.rules],
                (*naming.SIGNS, *undone.SIGNS, *dwellings.SIGNS),
            ),
            Search([s for s in free if s.subject.zone is not Zone.ANY]),
            Search(heads),
            Search([Sought(n, p, p.regex) for n, p in patterns if p.linked]),
        )

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id, None if there is none."""
        return next((r for r in self.rules if r.id == rule_id), None)

    def label(self, rule_id: str) -> str:
        """The Chinese name of a rule, its id if unknown (an old scan under an older rulebook)."""
        found = self.rule(rule_id)
        return found.label if found else rule_id


def load(extra: Sequence[Path] = ()) -> Rulebook:
    """Our packs and the files `extra` of the office: packs (`*.toml`) and word lists (`*.txt`).

    Read once as long as no file changes.

    Raises BadRule (a Chinese sentence) for an extra file that cannot be used as a whole: a broken
    pattern, an id that is taken, an attempt to weaken a rule of ours.
    """
    return _load(tuple(_stamp(path) for path in extra))


def version(extra: Sequence[Path] = ()) -> str:
    """The version that `load` would give, without reading the rules. Raises BadRule."""
    return _version(tuple(_stamp(path) for path in extra))


@cache
def _version(stamps: tuple[tuple[str, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for name in _TABLES:
        digest.update(resources.text(name).encode())
    for _name, text, _own in _texts(stamps):
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _texts(stamps: tuple[tuple[str, int, int], ...]) -> list[tuple[str, str, bool]]:
    """Name, text and whether it is ours, of each file in the order of the rulebook."""
    ours = [(name, resources.text(name), True) for name in resources.names("rules", ".toml")]
    return [*ours, *((s[0], _text(Path(s[0])), False) for s in stamps)]


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        raise BadRule(f"规则文件“{path.name}”打不开，请检查它是否还在。") from None
    return str(path), found.st_mtime_ns, found.st_size


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadRule(f"规则文件“{path.name}”读不出来，请另存为 UTF-8 文本。") from None


@cache
def _load(stamps: tuple[tuple[str, int, int], ...]) -> Rulebook:
    rules: list[Rule] = []
    office: set[str] = set()
    for name, text, own in _texts(stamps):
        taken, path = {r.id for r in rules}, Path(name)
        if path.suffix == ".txt":
            found = read_list(path.stem, text, taken=taken)
        else:
            found = read_pack(path.stem, text, own=own, taken=taken)
        rules.extend(found)
        if not own:
            office.update(rule.id for rule in found)
    allowed: defaultdict[str, dict[str, Allowed]] = defaultdict(dict)
    leaders: dict[str, frozenset[str]] = {}
    reads = True
    known = {r.id: r for r in rules}
    for name, text, own in _texts(stamps):
        if not own and Path(name).suffix != ".txt":
            for one in read_exceptions(Path(name).stem, text, known):
                allowed[one.rule][one.value] = one
            for title, names in _leaders(Path(name).stem, text).items():
                leaders[title] = leaders.get(title, frozenset()) | names
            reads = reads and _reads(Path(name).stem, text)
    return Rulebook(_version(stamps), tuple(rules), allowed, frozenset(office), leaders, reads)


def _reads(pack: str, text: str) -> bool:
    """Whether an office's file leaves reading on: it may switch it off on a slow machine."""
    said = tomllib.loads(text).get("reading", True)
    if not isinstance(said, bool):
        raise BadRule(f"规则文件“{pack}”：reading 只能写 true（逐句识读）或 false（关闭）。")
    return said


def _leaders(pack: str, text: str) -> Leaders:
    try:
        return read_leaders(text)
    except ValueError as error:
        raise BadRule(f"规则文件“{pack}”：{error}。请改正后重新载入。") from error
