"""Plain text and CSV: every encoding, every dialect, and what damage is told."""

from pathlib import Path

import pytest

from formats import read, redact
from formats.reading import Kind, Mark, Part, Reading, TroubleCode, Unreadable
from tests.build.plain import SENTENCES

MARKER = "标记甲8613"
TEXT = f"{SENTENCES}{MARKER}\n"
RARE = "镕喆堃䶮㛃𬭎𠮷"


def look(folder: Path, data: bytes, name: str = "a.txt") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def encoded(words: str, encoding: str, kind: str = "txt") -> object:
    mark = pytest.mark.place(kind, words, visible=True)
    return pytest.param(encoding, id=words, marks=mark)


@pytest.mark.parametrize(
    "encoding",
    [
        encoded("UTF-8", "utf-8"),
        encoded("UTF-8（BOM）", "utf-8-sig"),
        encoded("GB18030", "gb18030"),
        encoded("UTF-16（BOM）", "utf-16"),
        encoded("UTF-16 小端，无 BOM", "utf-16-le"),
        encoded("UTF-16 大端，无 BOM", "utf-16-be"),
        encoded("UTF-32（BOM）", "utf-32"),
        encoded("UTF-32，无 BOM", "utf-32-le"),
    ],
)
def test_every_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    reading = look(tmp_path, TEXT.encode(encoding))
    segment = reading.segments[-1]
    assert (segment.text, segment.visible, segment.place.part) == (MARKER, True, Part.BODY)
    assert segment.place.paragraph == 4
    assert reading.troubles == ()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-32-be"])
def test_rare_characters_survive(encoding: str, tmp_path: Path) -> None:
    assert look(tmp_path, f"{TEXT}{RARE}".encode(encoding)).segments[-1].text == RARE


@pytest.mark.parametrize(
    "encoding", [encoded("UTF-8", "utf-8", "csv"), encoded("GB18030", "gb18030", "csv"),
                 encoded("UTF-16（BOM）", "utf-16", "csv")]
)  # fmt: skip
def test_a_cell_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    reading = look(tmp_path, f"姓名,备注\n覃小满,{MARKER}\n".encode(encoding), "a.csv")
    assert (reading.segments[-1].text, reading.segments[-1].place.cell) == (MARKER, "B2")
    assert reading.segments[-1].visible


def dialect(words: str, text: str, cell: str) -> object:
    return pytest.param(text, cell, id=words, marks=pytest.mark.place("csv", words, visible=True))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        dialect("逗号", f"甲,乙\n丙,{MARKER}\n", "B2"),
        dialect("制表符", f"甲\t乙\n丙\t{MARKER}\n", "B2"),
        dialect("分号", f"甲;乙\n丙;{MARKER}\n", "B2"),
        dialect("竖线", f"甲|乙\n丙|{MARKER}\n", "B2"),
        dialect("引号里的分隔符", f'甲,乙\n"1,2",{MARKER}\n', "B2"),
        dialect("引号里的引号", f'甲,乙\n"1""2",{MARKER}\n', "B2"),
        dialect("引号里的换行", f'甲,"乙\n丙"\n丁,{MARKER}\n', "B2"),
        dialect("只有回车的换行", f"甲,乙\r丙,{MARKER}\r", "B2"),
        dialect("行长不齐", f"甲,乙\n丙\n丁,2,{MARKER}\n", "C3"),
        dialect("没有写完的引号", f'甲,乙\n丙,"{MARKER}', "B2"),
    ],
)
def test_every_dialect_is_read(text: str, cell: str, tmp_path: Path) -> None:
    reading = look(tmp_path, text.encode(), "a.csv")
    (found,) = [s for s in reading.segments if MARKER in s.text]
    assert (found.text, found.place.cell, found.place.part) == (MARKER, cell, Part.CELL)


def test_a_line_break_in_a_cell_stays_in_it(tmp_path: Path) -> None:
    reading = look(tmp_path, f'甲,"乙\n{MARKER}"\n'.encode(), "a.csv")
    assert reading.segments[-1].text == f"乙\n{MARKER}"


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_broken_bytes_are_told(name: str, encoding: str, tmp_path: Path) -> None:
    reading = look(tmp_path, TEXT.encode(encoding) + b"\xff\xff\n", name)
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.DAMAGED]
    assert any(MARKER in s.text for s in reading.segments)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_zero_bytes_are_passed_over_and_told(encoding: str, tmp_path: Path) -> None:
    data = TEXT.encode(encoding) + b"\0" * 40 + "完".encode(encoding)
    reading = look(tmp_path, data)
    assert reading.kind is Kind.TXT
    assert [s.text for s in reading.segments[-2:]] == [MARKER, "完"]
    assert reading.partial
    assert "空字节" in reading.troubles[0].text
    out = tmp_path / "b.txt"
    redact(tmp_path / "a.txt", [Mark(reading.segments[-1].place, (0, 1), "某")], out)
    assert out.read_text(encoding="utf-8-sig").endswith("某")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_stray_control_byte_is_passed_over_and_told(encoding: str, tmp_path: Path) -> None:
    reading = look(tmp_path, TEXT.encode(encoding) + b"a\x01b\n")
    assert reading.segments[-1].text == "ab"
    assert "控制字符" in reading.troubles[0].text


def test_the_mark_that_ended_old_texts_is_nothing(tmp_path: Path) -> None:
    reading = look(tmp_path, TEXT.encode("gb18030") + b"\x1a")
    assert reading.segments[-1].text == MARKER
    assert reading.troubles == ()


def test_bytes_of_a_program_are_no_text(tmp_path: Path) -> None:
    for data in (bytes(range(256)) * 8, b"a\0" + b"\1\2" * 50, b"\0" * 500 + b"a"):
        with pytest.raises(Unreadable):
            look(tmp_path, data)


def test_a_tape_archive_is_not_taken_for_text(tmp_path: Path) -> None:
    import io
    import tarfile

    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = 9000
        archive.addfile(entry, io.BytesIO(b"a" * 9000))
    with pytest.raises(Unreadable):
        look(tmp_path, made.getvalue(), "a.tar")


def test_a_very_long_line_is_one_segment(tmp_path: Path) -> None:
    reading = look(tmp_path, (MARKER * 400_000).encode())
    assert [len(s.text) for s in reading.segments[1:]] == [len(MARKER) * 400_000]
