"""Releases: rows, then the package outside any transaction, then everything checked again.

A crash between leaves a package without a release, which `orphans` lists; never the reverse.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models.disclosure import catalogue, ledger, review
from models.disclosure.case import Action, State
from models.disclosure.unfinished import (
    MANIFEST,
    Orphan,
    abandon,
    orphans,
    refuse_given_up,
)
from models.disclosure.workflow import refusals
from models.kernel import audit, base, policy, store
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person
from models.kernel.schema import Publication, Release, ReleaseItemRow, Revision
from models.queries.details import admissions_of, handled_of, steps_of
from models.queries.rows import AdmissionRow, HandledRow, StepRow

__all__ = [
    "MANIFEST", "Orphan", "PackageProof", "ReleaseContent", "ReleaseItem", "abandon", "orphans",
    "publish", "release",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """One document of a package. `stored`: the bytes to be copied; `fields`: catalogue values.

    `steps`: the steps of the round that approved it; `approved_by`: their officers, in order;
    `handled`: what was done about the findings; `admissions`: who let a state-secret mark pass.
    """

    document_id: int
    revision_id: int
    title: str
    name: str
    kind: str
    sha256: str
    stored: Path
    fields: dict[str, str]
    steps: tuple[StepRow, ...]
    approved_by: tuple[str, ...]
    handled: tuple[HandledRow, ...] = ()
    admissions: tuple[AdmissionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseContent:
    """What a package is made of. `head`: the audit chain's head, printed on paper and manifest."""

    name: str
    organ: str
    made_at: datetime
    head: str
    items: tuple[ReleaseItem, ...]


@dataclass(frozen=True, slots=True)
class PackageProof:
    """What was built. `files`: (document id, path relative to `folder`, sha256) of each document's
    own file; `manifest_sha256` of `folder/manifest.json`. `others`: (path, sha256) of what else
    lies in the folder; `archive_sha256` is empty where the builder does not vouch for it."""

    folder: Path
    archive: Path
    manifest_sha256: str
    files: tuple[tuple[int, str, str], ...]
    others: tuple[tuple[str, str], ...] = ()
    archive_sha256: str = ""


def release(
    home: Home,
    document_ids: Sequence[int],
    build: Callable[[ReleaseContent], PackageProof],
    officer: Person,
    name: str = "",
) -> tuple[int, Changes]:
    """Build one package of approved documents and set them released, all or none; its id.

    Raises Refused, with every reason, before building and again after; what was built then stays
    as an orphan for a person to look at.
    """
    version = review.current_rulebook()
    ids = tuple(dict.fromkeys(document_ids))
    if not ids:
        raise Refused("没有选中文件。请先选中“待发布”的文件。")
    _refuse_unfit(home, ids, officer, version)
    with base.transaction():
        person = ledger.acting(officer)
        release_id, content = _open(home, ids, person, name)
    proof = build(content)
    verdict = audit.verify()
    wrong = _wrong_with(home, content, proof)
    if wrong:
        raise Refused(*wrong, _useless(proof))
    with _naming(proof), base.transaction():
        verdict = audit.verify(verdict) if verdict.ok else verdict
        if not verdict.ok:
            raise Refused(f"日志核验没有通过，不能发布。{verdict.says}")
        refuse_given_up(release_id)
        _still_the_same(home, content)
        _close(release_id, proof)
        changes = review.advance(
            ids, Action.RELEASE, officer, content.name, version, package=proof.manifest_sha256
        )
        audit.write(
            ledger.acting(officer), "release", "release", release_id, sha256=proof.manifest_sha256,
            detail={"name": content.name, "documents": list(ids), "head": content.head},
        )  # fmt: skip
    return release_id, changes | Changes(releases=frozenset({release_id}))


def publish(
    subject_id: int,
    channel: str,
    url: str,
    day: date,
    officer: Person,
    *,
    whole_release: bool = False,
) -> Changes:
    """Enter where (channel, address) and on which day a released document was put up.

    `subject_id` is a document; with `whole_release` a release, and every document in it.
    """
    channel, url = channel.strip(), url.strip()
    if not channel:
        raise Refused("没有写渠道。请写明发布在哪里，例如“政府网站”“公示栏”。")
    if day > base.now().date():
        # 伪造发稿日期 is a veto item of the site inspection (国办秘函〔2019〕19号).
        raise Refused(f"公开日期写成了 {day.isoformat()}，还没有到。请在上传以后按实际日期登记。")
    with base.transaction():
        person = ledger.acting(officer)
        rows = _published(subject_id, whole_release=whole_release)
        for document_id, release_id in rows:
            Publication.insert(
                document_id=document_id, release_id=release_id, channel=channel, url=url,
                date=day.isoformat(), officer_id=person.id, at=base.to_text(base.now()),
            ).execute()  # fmt: skip
            audit.write(
                person, "publish", "document", document_id,
                detail={"channel": channel, "url": url, "date": day.isoformat()},
            )  # fmt: skip
    return Changes(
        documents=frozenset(row[0] for row in rows),
        releases=frozenset(row[1] for row in rows if row[1] is not None),
    )


def _refuse_unfit(home: Home, ids: Sequence[int], officer: Person, version: str) -> None:
    """Every reason against the release of these documents, before anything is written."""
    reasons: list[str] = []
    for document_id in ids:
        facts = review.case(document_id, officer)
        title = facts.values["title"]
        reasons += (f"《{title}》：{r}" for r in refusals(facts, Action.RELEASE))
        if not store.intact(home, facts.sha256):
            reasons.append(_broken(title))
    if reasons:
        raise Refused(*reasons)


def _open(home: Home, ids: Sequence[int], officer: Person, name: str) -> tuple[int, ReleaseContent]:
    office = policy.office()
    organ = office.name if office else ""
    made_at = base.now()
    title = name.strip() or f"{made_at:%Y-%m-%d %H%M%S} 发布包"
    number = int(
        Release.insert(
            name=title, made_at=base.to_text(made_at), made_by_id=officer.id, head=""
        ).execute()
    )
    audit.write(officer, "open", "release", number, detail={"documents": list(ids)})
    head = audit.head()
    Release.update(head=head).where(Release.id == number).execute()
    items = []
    for document_id in ids:
        item = _item(home, document_id)
        items.append(item)
        ReleaseItemRow.insert(
            release_id=number, document_id=document_id, revision_id=item.revision_id,
            sha256=item.sha256,
        ).execute()  # fmt: skip
    return number, ReleaseContent(title, organ, made_at, head, tuple(items))


def _item(home: Home, document_id: int) -> ReleaseItem:
    row = ledger.document_row(document_id)
    revision = Revision.get_by_id(row.revision_id)
    steps = steps_of(document_id)
    start = max((i for i, step in enumerate(steps) if step.action is Action.SUBMIT), default=0)
    taken = tuple(step for step in steps[start:] if step.sha256 == revision.sha256)
    return ReleaseItem(
        document_id=document_id,
        revision_id=revision.id,
        title=row.title,
        name=revision.name,
        kind=revision.kind,
        sha256=revision.sha256,
        stored=store.path_of(home, revision.sha256),
        fields={key: getattr(row, key) for key in catalogue.KEYS},
        steps=taken,
        approved_by=tuple(dict.fromkeys(step.officer for step in taken)),
        handled=tuple(handled_of(document_id)),
        admissions=tuple(admissions_of(document_id)),
    )


def _wrong_with(home: Home, content: ReleaseContent, proof: PackageProof) -> tuple[str, ...]:
    """What in the built package, or in the store, is not what was approved."""
    wrong: list[str] = []
    built = {document_id: (path, sha256) for document_id, path, sha256 in proof.files}
    for item in content.items:
        path, claimed = built.get(item.document_id, ("", ""))
        if not store.intact(home, item.sha256):
            wrong.append(_broken(item.title))
        if claimed != item.sha256 or _hash(proof.folder / path) != item.sha256:
            wrong.append(
                f"《{item.title}》在发布包里的文件与审批的不是同一份。请检查磁盘后重新生成发布包。"
            )
    for name, sha256 in ((MANIFEST, proof.manifest_sha256), *proof.others):
        if _hash(proof.folder / name) != sha256:
            wrong.append(f"发布包里的“{name}”生成后被改动过。请重新生成发布包。")
    known = {MANIFEST, *(path for _, path, _ in proof.files), *(name for name, _ in proof.others)}
    for there in sorted(proof.folder.rglob("*")):
        name = there.relative_to(proof.folder).as_posix()
        if name not in known:
            wrong.append(f"发布包里多出了“{name}”，没有审查过。请重新生成发布包。")
    if proof.archive_sha256 and _hash(proof.archive) != proof.archive_sha256:
        wrong.append(f"压缩包“{proof.archive.name}”生成后被改动过。请重新生成发布包。")
    return tuple(wrong)


@contextmanager
def _naming(proof: PackageProof) -> Iterator[None]:
    """A refusal after the build says which package must not be uploaded."""
    try:
        yield
    except Refused as refusal:
        raise Refused(*refusal.reasons, _useless(proof)) from None


def _useless(proof: PackageProof) -> str:
    return f"已生成的“{proof.folder}”和同名压缩包没有完成发布，不能上传。请核对后删除，再重新生成。"


def _still_the_same(home: Home, content: ReleaseContent) -> None:
    """The rows are those that were built from: the bytes, the fields, the steps."""
    moved = []
    for item in content.items:
        now = _item(home, item.document_id)
        if now.revision_id != item.revision_id:
            moved.append(f"《{item.title}》在生成发布包时换了版本。请退回后重新送审。")
        elif (now.fields, now.steps) != (item.fields, item.steps):
            moved.append(
                f"《{item.title}》在生成发布包时改了目录信息或者重新办理过。请重新生成发布包。"
            )
    if moved:
        raise Refused(*moved)


def _close(release_id: int, proof: PackageProof) -> None:
    for document_id, path, _ in proof.files:
        ReleaseItemRow.update(path=path).where(
            (ReleaseItemRow.release_id == release_id) & (ReleaseItemRow.document_id == document_id)
        ).execute()
    Release.update(
        released_at=base.to_text(base.now()),
        folder=str(proof.folder),
        archive=str(proof.archive),
        manifest_sha256=proof.manifest_sha256,
    ).where(Release.id == release_id).execute()


def _published(subject_id: int, *, whole_release: bool) -> list[tuple[int, int | None]]:
    if whole_release:
        rows = base.fetch(
            "SELECT i.document_id, i.release_id FROM release_item i "
            "JOIN release r ON r.id = i.release_id JOIN document d ON d.id = i.document_id "
            "WHERE r.id = ? AND r.released_at IS NOT NULL AND d.state = 'released' ORDER BY i.id",
            (subject_id,),
        )
        if not rows:
            raise Refused("这个发布包里没有已发布的文件，不能登记网址。请先完成发布。")
        return rows
    row = ledger.document_row(subject_id)
    ledger.require_state(row, (State.RELEASED,), "登记网址")
    newest = base.fetch(
        "SELECT max(i.release_id) FROM release_item i JOIN release r ON r.id = i.release_id "
        "WHERE i.document_id = ? AND r.released_at IS NOT NULL",
        (subject_id,),
    )
    return [(subject_id, newest[0][0])]


def _hash(path: Path) -> str:
    try:
        return store.hash_of(path)
    except OSError:
        return ""


def _broken(title: str) -> str:
    return (
        f"《{title}》存放的文件在审批以后被改动或者丢失。"
        "请从备份恢复，或者退回后重新放入并重新审查。"
    )
