"""The walk of one file: kept, refused, met again, moved."""

import errno
import os
import threading
from pathlib import Path

import pytest

from detection.report import Status
from intake import received
from intake.entry import Looked, enter, look
from intake.examine import Examiner
from intake.pipeline import Outcome, scan_again, take_in
from models import queries
from models.disclosure import documents
from models.kernel import audit, base, store
from models.kernel.errors import Unavailable
from models.kernel.home import Home
from tests.intake.files import text_file
from tests.office import People

ID = "450321199001010014"
SECRET_TEXT = "机密★10年\n关于青冈坪水库除险加固有关情况的报告\n此处为不得留下的内容\n"


@pytest.fixture
def inbox(home: Home, who: People) -> Path:
    return home.inbox


def count() -> int:
    return int(base.fetch("SELECT count(*) FROM document")[0][0])


def test_a_file_is_kept_registered_and_stays_where_it_is(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = text_file(tmp_path, text=f"覃小满，公民身份号码 {ID}。\n")
    taken = take_in(home, path, who.drafter, examiner)
    assert taken.outcome is Outcome.KEPT
    assert taken.document_id is not None
    assert taken.changes.documents == {taken.document_id}
    assert "处需要处理" in taken.says
    detail = queries.document(taken.document_id)
    assert detail.name == "公示.txt"
    assert detail.scan.status is Status.READ
    assert store.path_of(home, detail.revision.sha256).read_bytes() == path.read_bytes()
    assert audit.verify().ok
    assert path.exists()


def test_the_catalogue_never_holds_the_bare_number(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    take_in(home, text_file(tmp_path, text=f"号码 {ID}\n"), who.drafter, examiner)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert ID.encode() not in home.catalogue.read_bytes()


def test_the_same_bytes_are_not_kept_twice_and_name_the_first(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    first = take_in(home, text_file(tmp_path, "甲.txt"), who.drafter, examiner)
    again = take_in(home, text_file(tmp_path, "乙.txt"), who.drafter, examiner)
    assert again.outcome is Outcome.SAME
    assert again.document_id == first.document_id
    assert f"{first.document_id} 号" in again.says
    assert not again.changes
    assert count() == 1


@pytest.mark.parametrize("where", ["content", "name", "both"])
def test_a_state_secret_leaves_no_trace(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, where: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    name = "青冈坪水库情况（机密）.txt" if where != "content" else "青冈坪水库情况.txt"
    text = SECRET_TEXT if where != "name" else "此处为不得留下的内容\n"
    path = text_file(home.inbox, name, text)
    digest = store.hash_of(path)
    before = path.read_bytes()
    outside = {p for p in home.root.rglob("*") if p.is_file()}
    entries = audit.verify().entries

    taken = take_in(home, path, who.drafter, examiner, move=True)

    assert taken.outcome is Outcome.SECRET
    assert taken.document_id is None
    for word in ("停止处理", "断开", "保密员", "没有保存", "仍在原处"):
        assert word in taken.says
    assert "青冈坪" not in taken.says + repr(taken)
    assert path.read_bytes() == before
    assert count() == 0
    assert audit.verify().entries == entries
    examiner.close()
    base.close_catalogue()
    traces = [b"\xe9\x9d\x92\xe5\x86\x88\xe5\x9d\xaa", "不得留下".encode(), digest.encode(),
              bytes.fromhex(digest), "青冈坪".encode("utf-16-le")]  # fmt: skip
    for file in home.root.rglob("*"):
        if file == path:
            continue
        assert "青冈坪" not in file.name
        assert digest not in str(file)
        if file.is_file():
            data = file.read_bytes()
            assert not any(trace in data for trace in traces), file
    assert {p for p in home.root.rglob("*") if p.is_file()} <= outside
    assert "青冈坪" not in caplog.text
    assert digest not in caplog.text


def test_a_stopped_file_whose_reader_dies_is_stopped_by_its_name(
    home: Home, who: People, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "绝密★ 某事.docx", "no zip at all")
    with Examiner(home.temp, workers=1) as examiner:
        assert take_in(home, path, who.drafter, examiner).outcome is Outcome.SECRET
    assert count() == 0


def test_an_unreadable_file_is_kept_for_a_person(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04" + os.urandom(500))
    taken = take_in(home, path, who.drafter, examiner)
    assert taken.outcome is Outcome.KEPT
    assert taken.document_id is not None
    assert "人工" in taken.says
    assert queries.document(taken.document_id).scan.status is Status.UNREADABLE


@pytest.mark.parametrize("name", ["没有.txt", "."])
def test_what_is_no_file_fails_with_a_sentence(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, name: str
) -> None:
    taken = take_in(home, tmp_path / name, who.drafter, examiner)
    assert taken.outcome is Outcome.FAILED
    assert taken.says.endswith("。")
    assert count() == 0


def test_a_file_changed_after_the_look_is_looked_at_again(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = text_file(tmp_path, text="第一稿\n")
    looked = look(path, examiner)
    path.write_text(SECRET_TEXT, encoding="utf-8")
    taken = enter(home, path, who.drafter, examiner, looked, batch=None, move=False)
    assert taken.outcome is Outcome.SECRET
    assert count() == 0
    assert not any(p.is_file() for p in home.originals.rglob("*"))


def test_a_file_that_never_rests_is_not_kept(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = text_file(tmp_path, text="第一稿\n" * 1000)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.wait(0.001):
            number += 1
            path.write_text(f"第 {number} 稿\n" * 1000, encoding="utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    taken = take_in(home, path, who.drafter, examiner)
    stop.set()
    writer.join()
    assert taken.outcome in (Outcome.CHANGED, Outcome.FAILED)
    assert count() == 0
    assert not any(p.is_file() for p in home.originals.rglob("*"))


def test_a_full_disk_is_a_sentence_and_nothing_is_lost(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text_file(tmp_path)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        taken = take_in(home, path, who.drafter, examiner, move=True)
    assert taken.outcome is Outcome.FAILED
    assert "磁盘已满" in taken.says
    assert path.exists()
    assert count() == 0
    assert take_in(home, path, who.drafter, examiner).outcome is Outcome.KEPT


def test_moving_goes_under_received_and_never_over_another_file(
    home: Home, who: People, examiner: Examiner, inbox: Path
) -> None:
    for text in ("一\n", "二\n", "三\n"):
        path = text_file(inbox, "公示.txt", text)
        assert take_in(home, path, who.drafter, examiner, move=True).outcome is Outcome.KEPT
        assert not path.exists()
    found = sorted(p.name for p in (inbox / "已收").iterdir())
    assert found == ["公示.txt", "公示（2）.txt", "公示（3）.txt"]
    assert {p.read_text(encoding="utf-8") for p in (inbox / "已收").iterdir()} == {
        "一\n", "二\n", "三\n"
    }  # fmt: skip


def test_inner_folders_are_kept_together(
    home: Home, who: People, examiner: Examiner, inbox: Path
) -> None:
    (inbox / "低保" / "五月").mkdir(parents=True)
    path = text_file(inbox / "低保" / "五月")
    take_in(home, path, who.drafter, examiner, move=True)
    assert (inbox / "已收" / "低保" / "五月" / "公示.txt").is_file()


def test_a_repeated_file_is_moved_too(
    home: Home, who: People, examiner: Examiner, inbox: Path, tmp_path: Path
) -> None:
    take_in(home, text_file(tmp_path), who.drafter, examiner)
    path = text_file(inbox)
    assert take_in(home, path, who.drafter, examiner, move=True).outcome is Outcome.SAME
    assert not path.exists()
    assert (inbox / "已收" / "公示.txt").is_file()


def test_other_bytes_under_the_name_are_not_moved_away(
    home: Home, who: People, examiner: Examiner, inbox: Path
) -> None:
    path = text_file(inbox)
    looked = look(path, examiner)
    assert looked.identity is not None
    other = Looked(looked.identity._replace(mtime_ns=1), looked.report)
    taken = enter(home, path, who.drafter, examiner, other, batch=None, move=True)
    assert taken.outcome is Outcome.KEPT
    assert path.exists()


def test_a_file_that_cannot_be_moved_is_kept_and_says_so(
    home: Home, who: People, examiner: Examiner, inbox: Path
) -> None:
    (inbox / "已收").write_text("a file where the folder should be")
    path = text_file(inbox)
    taken = take_in(home, path, who.drafter, examiner, move=True)
    assert taken.outcome is Outcome.KEPT
    assert "仍在原处" in taken.says
    assert path.exists()


def test_a_failed_move_leaves_no_empty_file(tmp_path: Path) -> None:
    (tmp_path / "已收").mkdir()
    with pytest.raises(OSError, match="No such file"):
        received.put_away(tmp_path / "没有.txt", [tmp_path])
    assert list((tmp_path / "已收").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_in_gbk_bytes_becomes_readable(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "低保名单.txt".encode("gb18030")
    path = Path(os.fsdecode(raw))
    path.write_text("名单\n", encoding="utf-8")
    taken = take_in(home, path, who.drafter, examiner)
    assert taken.document_id is not None
    assert queries.document(taken.document_id).name == "低保名单.txt"


def test_the_same_bytes_mend_a_store_that_lost_them(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = text_file(tmp_path)
    take_in(home, path, who.drafter, examiner)
    sha256 = queries.document(1).original.sha256
    stored = store.path_of(home, sha256)
    stored.chmod(0o644)
    stored.write_bytes(b"swapped")
    assert take_in(home, path, who.drafter, examiner).outcome is Outcome.SAME
    assert store.intact(home, sha256)
    stored.unlink()
    assert take_in(home, path, who.drafter, examiner).outcome is Outcome.SAME
    assert store.intact(home, sha256)


def test_scan_again_adds_a_scan_of_the_same_revision(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    taken = take_in(home, text_file(tmp_path, text=f"{ID}\n"), who.drafter, examiner)
    assert taken.document_id is not None
    before = queries.document(taken.document_id)
    changes = scan_again(home, taken.document_id, who.drafter, examiner)
    after = queries.document(taken.document_id)
    assert changes.documents == {taken.document_id}
    assert after.revision == before.revision
    assert after.scan.id > before.scan.id


def test_scan_again_says_when_the_stored_bytes_are_damaged(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    taken = take_in(home, text_file(tmp_path), who.drafter, examiner)
    assert taken.document_id is not None
    stored = store.path_of(home, queries.document(taken.document_id).revision.sha256)
    stored.chmod(0o600)
    stored.write_bytes(b"other")
    with pytest.raises(Unavailable) as error:
        scan_again(home, taken.document_id, who.drafter, examiner)
    assert "备份" in error.value.why


def test_a_batch_number_is_kept(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    batch, _ = documents.open_batch("五月低保", who.drafter)
    taken = take_in(home, text_file(tmp_path), who.drafter, examiner, batch=batch)
    assert taken.changes.batches == {batch}
