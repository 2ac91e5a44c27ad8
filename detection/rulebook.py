"""The rulebook: our packs and the office's own lists, under one version."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from detection.packs import BadRule, read_pack
from detection.rule import Rule

__all__ = ["BadRule", "Rulebook", "load"]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in force. `version` is the sha256 (hex) of every pack's contents."""

    version: str
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of this id, None if there is none."""
        return next((r for r in self.rules if r.id == rule_id), None)

    def label(self, rule_id: str) -> str:
        """The Chinese name of a rule, its id if unknown (an old scan under an older rulebook)."""
        found = self.rule(rule_id)
        return found.label if found else rule_id


def load(extra: Sequence[Path] = ()) -> Rulebook:
    """Our packs and the files `extra` of the office. Read once as long as no file changes.

    Raises BadRule (a Chinese sentence) for an extra file that cannot be used as a whole: a broken
    pattern, an id that is taken, an attempt to weaken a rule of ours.
    """
    stamps = tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in extra)
    return _load(stamps)


@cache
def _load(stamps: tuple[tuple[str, int, int], ...]) -> Rulebook:
    digest = hashlib.sha256()
    rules: list[Rule] = []
    ours = [(name, resources.text(name), True) for name in resources.names("rules", ".toml")]
    theirs = [(s[0], Path(s[0]).read_text(encoding="utf-8"), False) for s in stamps]
    for name, text, own in (*ours, *theirs):
        digest.update(text.encode())
        digest.update(b"\0")
        rules.extend(read_pack(Path(name).stem, text, own=own, taken={r.id for r in rules}))
    return Rulebook(digest.hexdigest(), tuple(rules))
