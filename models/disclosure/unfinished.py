"""Packages that never became a release: found, and given up for good.

A build that fails, or a program that is killed, leaves a release row without its day, and perhaps a
package folder. Nothing of it may be uploaded; nobody can finish it either. Giving it up is an act
like any other: the row stays, the log says who and why, and it is shown no more.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from models.disclosure import ledger
from models.kernel import audit, base
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person, Role

MANIFEST = "manifest.json"
GIVEN_UP = (
    "EXISTS (SELECT 1 FROM audit g WHERE g.subject = 'release' AND g.subject_id = r.id "
    "AND g.action = 'abandon')"
)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A package without a release, or a release begun and not finished."""

    release_id: int | None
    name: str
    folder: Path | None


def orphans(home: Home) -> list[Orphan]:
    """Releases begun and not finished, and packages lying about that no release knows."""
    found = [
        Orphan(row[0], row[1], None)
        for row in base.fetch(
            "SELECT r.id, r.name FROM release r WHERE r.released_at IS NULL "  # noqa: S608
            f"AND NOT {GIVEN_UP} ORDER BY r.id"
        )
    ]
    known = {
        Path(row[0]).resolve()
        for row in base.fetch("SELECT folder FROM release WHERE released_at IS NOT NULL")
    }
    return found + [
        Orphan(None, path.name, path) for path in _packages(home) if path.resolve() not in known
    ]


def abandon(release_id: int, officer: Person, reason: str) -> Changes:
    """Give up a release that was begun and never finished; its documents stay approved.

    What was built of it under the home's packages goes: the folder whose manifest names this
    release's head, and the archive beside it. Raises Refused where it was released, given up
    before, or the officer is no 信息公开专员, and without a reason.
    """
    with base.transaction():
        person = ledger.acting(officer)
        name, head = _to_give_up(release_id, person, reason)
        audit.write(
            person, "abandon", "release", release_id, reason=reason.strip(), detail={"name": name}
        )
    _remove(base.home(), head)
    return Changes(releases=frozenset({release_id}))


def refuse_given_up(release_id: int) -> None:
    """Inside the transaction that would finish it: somebody may have given it up meanwhile."""
    if _given_up(release_id):
        raise Refused("这个发布包在制作时被放弃了，没有发布。请重新选中文件生成发布包。")


def _to_give_up(release_id: int, person: Person, reason: str) -> tuple[str, str]:
    """Name and head of the release; Refused with every reason against giving it up."""
    rows = base.fetch("SELECT name, head, released_at FROM release WHERE id = ?", (release_id,))
    if not rows:
        raise Refused(f"没有编号为 {release_id} 的发布包。请刷新后再选。")
    name, head, released_at = rows[0]
    wrong = []
    if Role.PUBLISHER not in person.roles:
        wrong.append(f"放弃发布包由{Role.PUBLISHER.label}办理。请由该岗位的人登录办理。")
    if released_at is not None:
        wrong.append(
            f"发布包“{name}”已经发布，不能放弃。文件有问题的，请在“目录”里对文件办理撤回。"
        )
    elif _given_up(release_id):
        wrong.append(f"发布包“{name}”已经放弃过了，不用再办。")
    if not reason.strip():
        wrong.append("放弃发布包要写理由。请写明为什么没有做成。")
    if wrong:
        raise Refused(*wrong)
    return name, head


def _given_up(release_id: int) -> bool:
    found = base.fetch(
        f"SELECT 1 FROM release r WHERE r.id = ? AND {GIVEN_UP}",  # noqa: S608  # constant
        (release_id,),
    )
    return bool(found)


def _packages(home: Home) -> list[Path]:
    if not home.packages.is_dir():
        return []
    return [path for path in sorted(home.packages.iterdir()) if (path / MANIFEST).is_file()]


def _remove(home: Home, head: str) -> None:
    """Delete the packages whose manifest has this head; what cannot go is still an orphan."""
    for folder in _packages(home):
        if head and _head(folder / MANIFEST) == head:
            shutil.rmtree(folder, ignore_errors=True)
            folder.with_name(f"{folder.name}.zip").unlink(missing_ok=True)


def _head(manifest: Path) -> str:
    try:
        said = json.loads(manifest.read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    head = said.get("head") if isinstance(said, dict) else None
    return head if isinstance(head, str) else ""
