"""Text, CSV and web pages: what is read, and what a clean copy keeps."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats import read, redact
from formats.marks import apply_spans, settle
from formats.plain.table import fields
from formats.reading import Kind, Mark, Part, Place, Reading, Unreadable
from tests.build.plain import ENCODINGS, LIST, PAGE, SENTENCES


def look(folder: Path, name: str, data: bytes) -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [1, 20])
def test_every_encoding_is_read_line_by_line(encoding: str, length: int, tmp_path: Path) -> None:
    text = SENTENCES * length
    reading = look(tmp_path, "a.txt", text.encode(encoding))
    assert reading.kind is Kind.TXT
    assert [s.text for s in reading.segments[1:]] == text.splitlines()
    assert [s.place.paragraph for s in reading.segments[1:4]] == [1, 2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("broken", [b"\xe7", b"\xff", b"\xe7\n", b"\xff\n"])
def test_one_broken_place_spoils_its_own_line_only(
    encoding: str, broken: bytes, tmp_path: Path
) -> None:
    reading = look(tmp_path, "a.txt", SENTENCES.encode(encoding) + broken)
    lines = SENTENCES.splitlines()
    assert [s.text for s in reading.segments[1 : len(lines) + 1]] == lines


def test_gb18030_names_with_rare_characters_survive(tmp_path: Path) -> None:
    text = "镕喆堃䶮𬭎 等村民代表参加会议，会议由镇长主持，讨论了公示名单。"
    assert look(tmp_path, "a.txt", text.encode("gb18030")).segments[1].text == text


def test_every_line_end_stays_and_the_copy_is_utf8_with_a_bom(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_bytes("甲\r\n乙\n丙\r丁".encode("gb18030") + "与村民委员会的".encode("gb18030"))
    place = read(source).segments[2].place
    redact(source, [Mark(place, (0, 1), "某")], out)
    assert out.read_bytes() == b"\xef\xbb\xbf" + "甲\r\n某\n丙\r丁与村民委员会的".encode()


def test_a_cell_knows_its_row_and_column(tmp_path: Path) -> None:
    reading = look(tmp_path, "a.csv", LIST.encode("gb18030"))
    assert reading.kind is Kind.CSV
    cells = {s.place.cell: s.text for s in reading.segments[1:]}
    assert cells["C1"] == "金额（元）"
    assert cells["C2"] == "1,200"
    assert cells["B3"] == "=1+1"
    place = next(s.place for s in reading.segments if s.text == "覃小满")
    assert (place.row, place.column, place.part) == (2, 1, Part.CELL)


def test_cut_cells_leave_the_rest_of_a_csv_byte_for_byte(tmp_path: Path) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "b.csv"
    reading = look(tmp_path, "a.csv", LIST.encode("gb18030"))
    spots = {s.text: s.place for s in reading.segments}
    number = "110101199001010000"
    marks = [
        Mark(spots[number], (0, 18), ""),
        Mark(spots["1,200"], (0, 1), 'a"b'),
    ]
    redact(source, marks, out)
    want = LIST.replace(number, "").replace('"1,200"', '"a""b,200"')
    assert out.read_bytes() == b"\xef\xbb\xbf" + want.encode()


def test_a_mark_without_its_place_makes_no_copy(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text("只有一行", encoding="utf-8")
    with pytest.raises(Unreadable):
        redact(source, [Mark(Place(Part.BODY, paragraph=9), (0, 1), "")], out)
    with pytest.raises(Unreadable):
        redact(source, [Mark(Place(Part.BODY, paragraph=1), (0, 99), "")], out)
    assert list(tmp_path.iterdir()) == [source]


def test_a_page_is_told_apart_into_seen_and_unseen(tmp_path: Path) -> None:
    reading = look(tmp_path, "a.html", PAGE.encode("gb18030"))
    said = {s.text: (s.place.part, s.visible) for s in reading.segments}
    assert said["正文丁甲乙"] == (Part.BODY, True)
    assert said["标题甲"] == (Part.METADATA, True)
    assert said["作者乙"] == (Part.METADATA, False)
    assert said["藏起戊"] == said["注释庚"] == (Part.HIDDEN, False)
    assert said["隐藏值辛"] == (Part.FORM_VALUE, False)
    assert said["填写壬"] == (Part.FORM_VALUE, True)
    assert said["file:///D:/路径癸.docx"] == (Part.LINK, False)
    assert said["数据丑"] == (Part.HIDDEN, False)
    assert said["卯"] == (Part.TABLE, True)
    assert said["替代巳"] == (Part.ALT_TEXT, False)
    assert any("脚本丙" in text for text in said)
    assert reading.partial
    places = [s.place for s in reading.segments]
    assert len(places) == len(set(places))


@given(
    st.lists(st.lists(st.text('甲乙1,"\t;=\r\n ', max_size=5), min_size=1, max_size=4), max_size=5)
)
def test_the_pieces_of_any_csv_make_the_same_csv(rows: list[list[str]]) -> None:
    text = "\r\n".join(",".join(row) for row in rows)
    assert "".join(f.raw + f.after for f in fields(text)) == text


@given(
    st.text("甲乙丙丁0123456789", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5),
)
def test_settled_spans_never_leave_a_marked_letter(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [(a, b, "＊") for a, b in spans if a < b <= len(text)]
    settled = settle(list(marks))
    covered = {i for a, b, _ in marks for i in range(a, b)}
    assert {i for a, b, _ in settled for i in range(a, b)} == covered
    cut = apply_spans(text, settled)
    assert cut.replace("＊", "") == "".join(c for i, c in enumerate(text) if i not in covered)


def test_of_two_orders_for_the_same_letters_the_one_that_leaves_less_is_done() -> None:
    masked, emptied = (0, 4, "1**4"), (0, 4, "")
    assert settle([masked, emptied]) == settle([emptied, masked]) == [emptied]


def test_a_column_of_which_nothing_is_left_goes_with_its_head(tmp_path: Path) -> None:
    text = "姓名,身份证号,村\r\n覃小满,110101199001010000,石桥村\r\n莫新河,无,河口村"
    found = look(tmp_path, "a.csv", text.encode()).segments
    marks = [Mark(s.place, (0, len(s.text)), "") for s in found if s.place.column == 2]
    redact(tmp_path / "a.csv", marks, tmp_path / "b.csv")
    left = (tmp_path / "b.csv").read_bytes().decode("utf-8-sig")
    assert left == "姓名,村\r\n覃小满,石桥村\r\n莫新河,河口村"
