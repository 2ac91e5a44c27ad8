"""The office's own rules: plain files in its `rules` folder, changed by name and in writing.

Two posts may: 管理员 and 保密审查员. What was there before is put aside in the folder, not deleted.
Whether a rule works is proved before, in a child (`intake.rule_trial`); here stands who and why.
"""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from detection.toml_text import written
from models.kernel import audit, base, people
from models.kernel.base import Changes
from models.kernel.errors import Refused, Unavailable
from models.kernel.person import Person, Role

__all__ = [
    "ASIDE", "OWN", "Entry", "entries", "require", "with_entry", "without_entry", "write",
]  # fmt: skip

OWN = "office.toml"
"""The file that the window keeps: a table for each rule and exception."""
ASIDE = "已移走"
"""The folder in the rules folder that holds what was replaced or taken away."""
_HEAD = "本单位的检查规则，由“日志与设置—规则”维护；也可以用文本编辑器改，保存为 UTF-8。"
_SUFFIXES = (".toml", ".txt")
_LISTS = ("rule", "exception")


class Entry(NamedTuple):
    """One rule or exception of the office. `data`: its table; `number` counts in its list.

    `data` is empty for a word list (`*.txt`) and for a file that cannot be read.
    """

    file: str
    part: str
    number: int
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What it is called where one entry is named: the rule's id, else the file's name."""
        return str(self.data.get("id") or self.file)


def require(officer: Person) -> Person:
    """The officer as known now, if she may change rules. Raises Refused."""
    person = people.current(officer)
    if not person.active or not person.roles & {Role.ADMIN, Role.SECRECY}:
        raise Refused(
            f"“{person.name}”不能改检查规则。检查规则由管理员或者保密审查员修改，请由他们登录办理。"
        )
    return person


def entries() -> list[Entry]:
    """All rules and exceptions in the office's files, by file and in their order."""
    found: list[Entry] = []
    for path in base.home().rule_files():
        data = _data(path) if path.suffix == ".toml" else {}
        rows = [
            Entry(path.name, part, number, row)
            for part in _LISTS
            for number, row in enumerate(data.get(part, []))
        ]
        found += rows or [Entry(path.name, "file", 0, {})]
    return found


def with_entry(part: str, row: Mapping[str, Any], old: Entry | None = None) -> str:
    """The text of the window's file with one more entry, or with `old` replaced; pure."""
    data = _own()
    rows = data.setdefault(part, [])
    if old is not None and old.part == part:
        rows[old.number] = {**{k: v for k, v in old.data.items() if k not in row}, **row}
    else:
        rows.append(dict(row))
        if old is not None:
            del data[old.part][old.number]
    return written(data, _HEAD)


def without_entry(old: Entry) -> str | None:
    """The text of the window's file without the entry; None when nothing would be left."""
    data = _own()
    del data[old.part][old.number]
    return written(data, _HEAD) if any(data.get(part) for part in _LISTS) else None


def write(name: str, text: str | None, officer: Person, reason: str, what: str) -> Changes:
    """Put a rule file in force, or take it away (None); one entry in the log.

    `what`: which rule is added, changed or removed, in words, for the log. Raises Refused,
    Unavailable; then nothing has changed.
    """
    person = require(officer)
    if not reason.strip():
        raise Refused("改检查规则要写理由。请写明为什么要加、要改或者要移走，它会记入日志。")
    if PurePath(name).name != name or PurePath(name).suffix not in _SUFFIXES or name[:1] == ".":
        raise Refused(f"“{name}”不能作规则文件的名字。请用 .toml 规则文件或者 .txt 词表。")
    path = base.home().rules / name
    if text is None and not path.exists():
        raise Refused(f"规则文件夹里没有“{name}”。请刷新后再选。")
    before = path.read_bytes() if path.exists() else None
    content = None if text is None else text.encode()
    try:
        _put_aside(path, before)
        _replace(path, content)
    except OSError as error:
        raise Unavailable(
            "规则没有保存", f"“{path}”写不进去（{error.strerror}）。请检查磁盘和文件夹权限。"
        ) from error
    try:
        with base.transaction():
            audit.write(
                person, "change-rules", "rules", None, reason=reason.strip(),
                sha256=hashlib.sha256(content).hexdigest() if content is not None else "",
                detail={"file": name, "label": what},
            )  # fmt: skip
    except BaseException:
        _replace(path, before)
        raise
    return Changes(policy=True)


def _own() -> dict[str, Any]:
    path = base.home().rules / OWN
    return _data(path) if path.exists() else {}


def _data(path: Path) -> dict[str, Any]:
    """What stands in a rule file; nothing where it cannot be read (the rulebook says so)."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _put_aside(path: Path, before: bytes | None) -> None:
    if before is None:
        return
    folder = path.parent / ASIDE
    folder.mkdir(exist_ok=True)
    stamp = base.now().strftime("%Y%m%d-%H%M%S-%f")
    (folder / f"{path.stem}-{stamp}{path.suffix}").write_bytes(before)


def _replace(path: Path, content: bytes | None) -> None:
    """Whole or not at all."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
