"""A release that never became one can be given up; one that did cannot."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from models import queries
from models.disclosure import releases
from models.disclosure.case import State
from models.disclosure.releases import PackageProof, ReleaseContent
from models.kernel import audit
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests import office
from tests.office import People

Build = Callable[[ReleaseContent], PackageProof]


def told(home: Home) -> Build:
    """A package whose manifest says by its head which release it is of, and then the disk goes."""

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        manifest = proof.folder / releases.MANIFEST
        manifest.write_text(json.dumps({"head": content.head}), encoding="utf-8")
        proof.archive.write_bytes(b"PK")
        raise OSError("disk gone")

    return build


def begun(home: Home, who: People, build: Build, name: str = "坏包") -> int:
    """A release that was begun and not finished; its id."""
    document_id = office.approved_text(home, who, f"关于{name}的通知")
    with pytest.raises(OSError, match="disk gone"):
        releases.release(home, [document_id], build, who.publisher, name)
    return queries.releases()[0].id


def test_what_was_given_up_is_gone_and_in_the_log(home: Home, who: People) -> None:
    number = begun(home, who, told(home))
    assert len(releases.orphans(home)) == 2
    changes = releases.abandon(number, who.publisher, "磁盘坏了，重新制作")
    assert changes.releases == {number}
    assert releases.orphans(home) == []
    assert list(home.packages.iterdir()) == []
    assert queries.releases() == []
    entry = queries.audit_rows(queries.audit_ids("release", number))[0]
    assert (entry.action, entry.reason) == ("abandon", "磁盘坏了，重新制作")
    assert audit.verify().ok


def test_its_documents_are_still_to_be_released(home: Home, who: People) -> None:
    number = begun(home, who, told(home))
    (document_id, _) = queries.release_documents(number)[0]
    releases.abandon(number, who.publisher, "重新制作")
    assert queries.document(document_id).state is State.APPROVED
    releases.release(home, [document_id], partial(office.build_plain, home), who.publisher)
    assert queries.document(document_id).state is State.RELEASED


def test_a_package_of_another_release_stays(home: Home, who: People) -> None:
    first, second = begun(home, who, told(home), "甲包"), begun(home, who, told(home), "乙包")
    releases.abandon(first, who.publisher, "不要了")
    assert [(o.release_id, o.name) for o in releases.orphans(home)] == [
        (second, "乙包"),
        (None, "乙包"),
    ]


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(Refused) as refusal:
        yield
    assert any(words in reason for reason in refusal.value.reasons)


@pytest.mark.parametrize("manifest", ["", "[]", '"head"', "{", '{"head": 5}'])
def test_a_manifest_that_says_nothing_is_left_alone(home: Home, who: People, manifest: str) -> None:
    number = begun(home, who, told(home))
    (folder,) = (p for p in home.packages.iterdir() if p.is_dir())
    (folder / releases.MANIFEST).write_text(manifest, encoding="utf-8")
    releases.abandon(number, who.publisher, "不要了")
    assert [(o.release_id, o.name) for o in releases.orphans(home)] == [(None, "坏包")]


def test_a_release_that_was_made_is_never_given_up(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    number, _ = releases.release(
        home, [document_id], partial(office.build_plain, home), who.publisher
    )
    folder = queries.releases()[0].folder
    with refused("已经发布"):
        releases.abandon(number, who.publisher, "不要了")
    assert folder is not None
    assert folder.is_dir()
    assert [row.id for row in queries.releases()] == [number]


def test_not_twice_not_by_another_post_not_without_a_reason(home: Home, who: People) -> None:
    number = begun(home, who, told(home))
    with refused("信息公开专员"):
        releases.abandon(number, who.drafter, "不要了")
    with refused("理由"):
        releases.abandon(number, who.publisher, "  ")
    with refused("没有编号"):
        releases.abandon(99, who.publisher, "不要了")
    releases.abandon(number, who.publisher, "不要了")
    with refused("已经放弃"):
        releases.abandon(number, who.publisher, "不要了")


def test_what_is_given_up_while_it_is_built_is_not_released(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        releases.abandon(queries.releases()[0].id, who.publisher, "不要了")
        return office.build_plain(home, content)

    with refused("放弃"):
        releases.release(home, [document_id], build, who.publisher)
    assert queries.document(document_id).state is State.APPROVED
