"""Releasing: all or none, only what was approved, and never twice by one person."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from models import queries
from models.disclosure import documents, releases, review
from models.disclosure.case import Action, Origin, State
from models.disclosure.releases import PackageProof, ReleaseContent
from models.kernel import audit, base, store
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests import office
from tests.office import People


def state(document_id: int) -> State:
    return queries.document(document_id).state


def test_releases_what_four_people_passed(home: Home, who: People) -> None:
    first = office.approved_text(home, who, "关于清理沟渠的通知")
    second = office.approved_text(home, who, "关于修缮桥梁的通知")
    number, changes = releases.release(
        home, [first, second], partial(office.build_plain, home), who.publisher, "第一批"
    )
    assert state(first) is state(second) is State.RELEASED
    assert changes.documents == {first, second}
    assert changes.releases == {number}
    row = queries.releases()[0]
    assert row.name == "第一批"
    assert row.documents == 2
    assert row.released_at is not None
    assert releases.orphans(home) == []
    assert audit.verify().ok
    assert queries.release_documents(number)[0] == (first, f"{first}-通知.txt")


def test_content_tells_who_approved(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    seen: list[ReleaseContent] = []

    def build(content: ReleaseContent) -> PackageProof:
        seen.append(content)
        assert not base.db.in_transaction()
        return office.build_plain(home, content)

    releases.release(home, [document_id], build, who.publisher)
    (item,) = seen[0].items
    assert item.approved_by == ("覃小满", "石大有", "向守口", "冉镇远")
    assert seen[0].organ == "白石沟镇人民政府"
    assert seen[0].head != audit.head()
    assert store.hash_of(item.stored) == item.sha256


def test_one_unfit_document_stops_all(home: Home, who: People) -> None:
    good = office.approved_text(home, who, "关于清理沟渠的通知")
    bad = office.register_text(home, who.drafter, "草稿")
    with pytest.raises(Refused) as refused:
        releases.release(home, [good, bad], partial(office.build_plain, home), who.publisher)
    assert all("《草稿》" in reason for reason in refused.value.reasons)
    assert state(good) is State.APPROVED
    assert queries.releases() == []


def test_only_the_publisher_releases(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], partial(office.build_plain, home), who.leader)
    assert "信息公开专员" in refused.value.reasons[0]


def test_a_release_is_never_a_plain_step(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    with pytest.raises(Refused) as refused:
        review.perform(document_id, Action.RELEASE, who.publisher)
    assert "发布包" in refused.value.reasons[0]


def test_nothing_selected(home: Home, who: People) -> None:
    with pytest.raises(Refused):
        releases.release(home, [], partial(office.build_plain, home), who.publisher)


def test_a_file_changed_in_the_store_is_not_released(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    path = store.path_of(home, queries.document(document_id).revision.sha256)
    path.chmod(0o644)
    path.write_bytes(b"something else")
    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], partial(office.build_plain, home), who.publisher)
    assert "改动或者丢失" in refused.value.reasons[0]
    assert state(document_id) is State.APPROVED


def test_a_file_changed_while_building_is_not_released(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        (proof.folder / proof.files[0][1]).write_bytes(b"swapped")
        return proof

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert "不是同一份" in refused.value.reasons[0]
    assert state(document_id) is State.APPROVED
    begun, left = releases.orphans(home)
    assert begun.release_id is not None
    assert left.folder is not None


def test_a_file_lost_while_building_is_not_released(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        (proof.folder / proof.files[0][1]).unlink()
        content.items[0].stored.unlink()
        return proof

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert ["改动或者丢失" in r for r in refused.value.reasons] == [True, False, False]
    assert state(document_id) is State.APPROVED


def test_a_file_left_out_of_the_package_is_not_released(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        return PackageProof(proof.folder, proof.archive, proof.manifest_sha256, ())

    with pytest.raises(Refused):
        releases.release(home, [document_id], build, who.publisher)


def test_a_changed_manifest_is_refused(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        (proof.folder / "manifest.json").write_text("{}", encoding="utf-8")
        return proof

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert "manifest.json" in refused.value.reasons[0]


def test_new_bytes_while_building_are_refused(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        office.clean_text(home, who.drafter, document_id, "别的内容")
        return office.build_plain(home, content)

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert "换了版本" in refused.value.reasons[0]


def test_a_package_with_something_slipped_in_is_refused(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        (proof.folder / "名单.txt").write_text("没有审过", encoding="utf-8")
        return proof

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert "名单.txt" in refused.value.reasons[0]
    assert "不能上传" in refused.value.reasons[-1]
    assert state(document_id) is State.APPROVED


def test_a_swapped_archive_or_index_is_refused(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        proof = office.build_plain(home, content)
        (proof.folder / "目录.xlsx").write_bytes(b"swapped")
        return replace(proof, others=(("目录.xlsx", "0" * 64),), archive_sha256="0" * 64)

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert any("目录.xlsx" in reason for reason in refused.value.reasons)
    assert any("压缩包" in reason for reason in refused.value.reasons)


def test_a_second_review_while_building_is_refused(home: Home, who: People) -> None:
    """The sheets in the package would name a round that counts no more."""
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        review.perform(document_id, Action.RETURN, who.leader, "改标题")
        documents.edit(document_id, {"title": "没有审过的标题"}, who.drafter)
        office.approve(document_id, who)
        return office.build_plain(home, content)

    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], build, who.publisher)
    assert "重新" in refused.value.reasons[0]
    assert state(document_id) is State.APPROVED


def test_new_bytes_after_approval_stop_the_release(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    content = "替换后的通知".encode()
    documents.add_revision(
        document_id, office.keep(home, content), office.make_report(content),
        name="通知.txt", origin=Origin.REPLACEMENT, officer=who.drafter,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], partial(office.build_plain, home), who.publisher)
    assert any("换过版本" in reason for reason in refused.value.reasons)


def test_a_build_that_fails_leaves_an_orphan_and_the_state(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")

    def build(content: ReleaseContent) -> PackageProof:
        office.build_plain(home, content)
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        releases.release(home, [document_id], build, who.publisher, "坏包")
    assert state(document_id) is State.APPROVED
    assert [orphan.name for orphan in releases.orphans(home)] == ["坏包", "坏包"]


def test_a_broken_chain_stops_the_release(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    base.execute("DROP TRIGGER audit_no_update")
    base.execute("UPDATE audit SET reason = 'x' WHERE id = 3")
    with pytest.raises(Refused) as refused:
        releases.release(home, [document_id], partial(office.build_plain, home), who.publisher)
    assert "日志核验没有通过" in refused.value.reasons[0]
    assert state(document_id) is State.APPROVED


def test_addresses_are_entered_after_the_release(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    with pytest.raises(Refused):
        releases.publish(document_id, "政府网站", "", date(2026, 3, 5), who.publisher)
    number, _ = releases.release(
        home, [document_id], partial(office.build_plain, home), who.publisher
    )
    assert queries.counts().unpublished == 1
    changes = releases.publish(
        document_id, " 政府网站 ", "https://example.invalid/1", date(2026, 3, 5), who.publisher
    )
    assert changes.releases == {number}
    releases.publish(number, "公示栏", "", date(2026, 3, 6), who.publisher, whole_release=True)
    rows = queries.publications(document_id)
    assert [(row.channel, row.date.day) for row in rows] == [("政府网站", 5), ("公示栏", 6)]
    assert queries.counts().unpublished == 0


def test_an_address_needs_a_channel_and_a_release(home: Home, who: People) -> None:
    with pytest.raises(Refused):
        releases.publish(1, "  ", "", date(2026, 3, 5), who.publisher)
    with pytest.raises(Refused):
        releases.publish(7, "网站", "", date(2026, 3, 5), who.publisher, whole_release=True)


def test_a_day_that_has_not_come_is_refused(home: Home, who: People) -> None:
    document_id = office.approved_text(home, who, "关于清理沟渠的通知")
    releases.release(home, [document_id], partial(office.build_plain, home), who.publisher)
    today = base.now().date()
    with pytest.raises(Refused) as refused:
        releases.publish(document_id, "政府网站", "", today + timedelta(days=1), who.publisher)
    assert "还没有到" in refused.value.reasons[0]
    releases.publish(document_id, "政府网站", "", today, who.publisher)


def test_no_packages_folder_no_orphans(home: Home, who: People, tmp_path: Path) -> None:
    assert releases.orphans(Home(tmp_path / "elsewhere")) == []
