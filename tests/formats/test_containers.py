"""Zip archives: members in turn, names as written, and every lie told as one."""

import io
from pathlib import Path

import pytest

from formats import read
from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Kind, Part, Reading, TroubleCode, Unreadable
from tests.build.containers import (
    archive,
    bomb,
    locked_archive,
    lying_size,
    nameless,
    nested,
    windows_archive,
)
from tests.build.word import MARKER, docx, paragraph, run


def look(data: bytes, name: str = "包.zip", limits: Limits | None = None) -> Reading:
    return read_stream(io.BytesIO(data), Budget(limits), name)


def test_members_are_read_with_their_own_places() -> None:
    inner = docx(paragraph(run(MARKER)))
    reading = look(archive({"甲/一.docx": inner, "二.txt": "第二件".encode()}))
    assert reading.kind is Kind.ZIP
    found = {(s.place.member, s.place.part): s.text for s in reading.segments}
    assert found["甲/一.docx", Part.BODY] == MARKER
    assert found["甲/一.docx", Part.NAME] == "甲/一.docx"
    assert found["二.txt", Part.BODY] == "第二件"
    assert not reading.partial


def test_archives_in_archives_are_read_to_the_limit() -> None:
    reading = look(nested(3, MARKER.encode()))
    (found,) = [s for s in reading.segments if s.text == MARKER]
    assert found.place.member == "层1.zip/层0.zip/内.txt"
    with pytest.raises(Unreadable) as caught:
        look(nested(6, MARKER.encode()))
    assert caught.value.code is TroubleCode.TOO_BIG


def test_names_in_windows_code_page_are_read() -> None:
    reading = look(windows_archive("低保名单覃小满.txt", "内容文字".encode()))
    assert reading.segments[1].text == "低保名单覃小满.txt"


def test_a_locked_member_makes_the_reading_partial_and_a_locked_archive_unreadable() -> None:
    locked = locked_archive("一.txt", b"a")
    with pytest.raises(Unreadable) as caught:
        look(locked)
    assert caught.value.code is TroubleCode.ENCRYPTED
    reading = look(archive({"内.zip": locked, "二.txt": "文字".encode()}))
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.ENCRYPTED]
    assert reading.troubles[0].place is not None
    assert reading.troubles[0].place.member == "内.zip"


def test_what_cannot_be_read_inside_needs_a_person() -> None:
    reading = look(archive({"图.rar": b"Rar!\x1a\x07\x01\0", "二.txt": "文字".encode()}))
    assert reading.partial
    assert reading.troubles[0].code is TroubleCode.NOT_SUPPORTED


def test_a_climbing_name_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(archive({"../../逃.txt": MARKER.encode()}))
    reading = read(path)
    assert [t.code for t in reading.troubles] == [TroubleCode.BAD_NAME]
    assert any(s.text == MARKER for s in reading.segments)
    assert list(tmp_path.iterdir()) == [path]


def test_a_bomb_is_stopped_by_the_budget() -> None:
    limits = Limits(opened_bytes=1024 * 1024)
    for data in (bomb(50 * 1024 * 1024), archive({"内.zip": bomb(50 * 1024 * 1024)})):
        with pytest.raises(Unreadable) as caught:
            look(data, limits=limits)
        assert caught.value.code is TroubleCode.TOO_BIG


def test_too_many_members_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        look(archive({f"{i}.txt": b"a" for i in range(60)}), limits=Limits(entries=50))
    assert caught.value.code is TroubleCode.TOO_BIG


@pytest.mark.parametrize("claimed", [1, 3_000])
def test_a_lying_size_is_damage(claimed: int) -> None:
    reading = look(lying_size("一.txt", b"abc" * 500, claimed))
    assert [t.code for t in reading.troubles] == [TroubleCode.DAMAGED]
    assert reading.partial


def test_an_archive_without_files_is_empty_and_comments_are_read() -> None:
    with pytest.raises(Unreadable) as caught:
        look(archive({}))
    assert caught.value.code is TroubleCode.EMPTY
    reading = look(archive({"一.txt": b"a1"}, comment=MARKER.encode("gb18030")))
    (found,) = [s for s in reading.segments if s.text == MARKER]
    assert not found.visible


def test_a_member_without_a_name_is_read() -> None:
    reading = look(nameless(MARKER.encode()))
    assert [s.text for s in reading.segments if s.place.part is Part.BODY] == [MARKER]
