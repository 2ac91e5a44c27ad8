"""Old Excel workbooks: numbers as shown, long texts, old versions, passwords, damage."""

import io
import random
import re
import struct
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.comments import Comment
from openpyxl.styles import Font

from formats.budget import Budget, Limits
from formats.compound import compound
from formats.opening import read_stream
from formats.reading import Part, Reading, TroubleCode, Unreadable
from tests.build import biff
from tests.build.biff import Tab, Workbook, record
from tests.build.damage import broken
from tests.build.libreoffice import convert, needs_libreoffice
from tests.build.locked import locked
from tests.formats.test_biff_places import CASES

_LIMITS = Limits(opened_bytes=8 * 1024 * 1024, entries=500, segments=20_000)
# Field mark, text mark, UTF-8, from the first line: the options of LibreOffice's CSV filter.
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"
ID_NUMBER = 510105194912310000.0


def reading(data: bytes, name: str = "名单.xls") -> Reading:
    return read_stream(io.BytesIO(data), Budget(), name)


def refused(data: bytes, name: str = "名单.xls") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        reading(data, name)
    assert caught.value.text.endswith("。")
    return caught.value


def cells(found: Reading) -> dict[str | None, str]:
    return {s.place.cell: s.text for s in found.segments if s.place.part is Part.CELL}


def rk(row: int, column: int, value: int, look: int = 0) -> bytes:
    return record(0x27E, struct.pack("<HHHI", row, column, look, value & 0xFFFFFFFF))


def test_numbers_are_read_as_their_cells_show_them() -> None:
    looks = biff.xf() + biff.xf(0, 4) + biff.xf(0, 14) + biff.xf(0, 165) + biff.xf(0, 10)
    many = struct.pack("<HHHIHIH", 2, 0, 0, 7 << 2 | 2, 0, (-3 << 2 | 2) & 0xFFFFFFFF, 1)
    body = (
        biff.number(0, 0, 1234.5, 1)
        + biff.number(0, 1, 46000, 2)
        + biff.number(0, 2, 7, 3)
        + biff.number(0, 3, 0.256, 4)
        + rk(1, 0, 1999 << 2 | 3)
        + record(0xBD, many)
        + record(0x205, struct.pack("<HHHBB", 3, 0, 0, 1, 0))
        + record(0x205, struct.pack("<HHHBB", 3, 1, 0, 0x2A, 1))
        + biff.formula(4, 0, b"\x1e\7\0", struct.pack("<d", 7.25))
    )
    head = biff.number_format(165, '000"号"')
    found = cells(reading(Workbook([Tab(body=body)], head=head, looks=looks).file()))
    assert found == {
        "A1": "1,234.50", "B1": "2025-12-09", "C1": "007号", "D1": "25.60%", "A2": "19.99",
        "A3": "7", "B3": "-3", "A4": "TRUE", "B4": "#N/A", "A5": "7.25",
    }  # fmt: skip


def test_an_epoch_of_1904_moves_the_days() -> None:
    looks = biff.xf() + biff.xf(0, 14)
    body = biff.number(0, 0, 1, 1)
    data = Workbook([Tab(body=body)], head=record(0x22, b"\1\0"), looks=looks).file()
    assert cells(reading(data)) == {"A1": "1904-01-02"}


@pytest.mark.place("xls", "以数字保存的证件号码", visible=True)
def test_an_identity_number_kept_as_a_number_is_told_with_a_doubt() -> None:
    (found,) = (
        s
        for s in reading(Workbook([Tab(body=biff.number(0, 0, ID_NUMBER))]).file()).segments
        if s.place.part is Part.CELL
    )
    assert found.text == "510105194912310000"
    assert "末几位可能已丢失" in found.note
    assert found.visible


@pytest.mark.place("xls", "三个分号隐藏的数字", visible=False)
def test_a_number_its_format_does_not_show_is_read_all_the_same() -> None:
    looks = biff.xf() + biff.xf(0, 164)
    book = Workbook([Tab(body=biff.number(0, 0, 15400003021, 1))], looks=looks)
    book.head = biff.number_format(164, ";;;")
    (found,) = (s for s in reading(book.file()).segments if s.text == "15400003021")
    assert (found.place.part, found.visible) == (Part.INVISIBLE_TEXT, False)


def test_strings_run_over_into_continuations_in_either_width() -> None:
    first, second = "白石沟镇" * 100, "abcdefgh" * 50
    raw = first.encode("utf-16-le")
    head = struct.pack("<IIHB", 2, 2, len(first), 1) + raw[:200]
    rest = b"\1" + raw[200:] + struct.pack("<HB", len(second), 0) + second[:30].encode()
    last = b"\1" + second[30:].encode("utf-16-le")
    strings = b"".join(
        struct.pack("<HH", kind, len(data)) + data
        for kind, data in ((0xFC, head), (0x3C, rest), (0x3C, last))
    )
    book = Workbook([Tab(body=biff.cell(0, 0, 0) + biff.cell(0, 1, 1))])
    book.head = strings
    assert cells(reading(book.file())) == {"A1": first, "B1": second}


@pytest.mark.place("xls", "注音", visible=False)
def test_a_phonetic_guide_of_a_shared_string_is_read() -> None:
    guide = "青桐沟"
    extra = b"\1\0" + struct.pack("<HHHH", 0, 0, 0, 0) + struct.pack("<HH", 3, 3)
    extra += guide.encode("utf-16-le")
    text = "覃小满"
    data = struct.pack("<IIHBI", 1, 1, len(text), 5, len(extra)) + text.encode("utf-16-le") + extra
    book = Workbook([Tab(body=biff.cell(0, 0, 0))], head=record(0xFC, data))
    (found,) = (s for s in reading(book.file()).segments if s.text == guide)
    assert (found.note, found.visible) == ("注音", False)


def test_a_workbook_of_excel_5_is_read_with_its_code_page() -> None:
    marker = "青桐沟标记"
    found = reading(biff.biff5(marker))
    said = {(s.place.part, s.text, s.visible) for s in found.segments}
    assert (Part.CELL, f"{marker}单元格", True) in said
    assert (Part.HIDDEN_COLUMN, f"{marker}隐藏列", False) in said
    assert (Part.COMMENT, f"{marker}批注", False) in said
    assert (Part.HEADER, marker, True) in said
    assert not found.partial


def test_both_workbooks_of_a_file_for_two_versions_are_read() -> None:
    data = compound(
        {
            "Workbook": Workbook([Tab(body=biff.label(0, 0, "新版"))]).stream(),
            "Book": Workbook([Tab(body=biff.label(0, 0, "旧版里另外写的"))]).stream(),
        }
    )
    assert {"新版", "旧版里另外写的"} <= {s.text for s in reading(data).segments}


def test_a_stream_without_a_compound_file_around_it_is_read() -> None:
    stream = Workbook([Tab(body=biff.label(0, 0, "正文"))]).stream()
    assert cells(reading(stream)) == {"A1": "正文"}


def test_et_is_no_lie_and_pdf_is_one() -> None:
    data = Workbook([Tab(body=biff.label(0, 0, "正文"))]).file()
    assert reading(data, "名单.et").troubles == ()
    assert [t.code for t in reading(data, "名单.pdf").troubles] == [TroubleCode.EXTENSION_LIES]


def test_a_password_is_told() -> None:
    data = Workbook(head=record(0x2F, b"\0" * 6)).file()
    assert refused(data).code is TroubleCode.ENCRYPTED


@pytest.mark.place("xls", "以公开密码加密的单元格", visible=True)
@pytest.mark.parametrize("later", [False, True])
def test_a_workbook_with_the_password_everybody_has_is_read(*, later: bool) -> None:
    body = b"".join(biff.label(row, 0, f"白石沟镇{row}组名单") for row in range(200))
    found = reading(locked(Workbook([Tab(body=body)]), later=later))
    assert cells(found) == {f"A{row + 1}": f"白石沟镇{row}组名单" for row in range(200)}
    assert not found.partial


@pytest.mark.parametrize("later", [False, True])
def test_a_workbook_with_a_password_of_its_own_stays_locked(*, later: bool) -> None:
    assert refused(locked(Workbook(), "自己的密码", later=later)).code is TroubleCode.ENCRYPTED


@pytest.mark.parametrize("kind", [0x0009, 0x0209, 0x0409])
def test_versions_before_excel_5_are_named(kind: int) -> None:
    stream = struct.pack("<HHHH", kind, 4 if kind == 9 else 6, 0x0200, 0x10) + b"\0" * 64
    for data in (stream, compound({"Workbook": stream})):
        found = refused(data)
        assert found.code is TroubleCode.NOT_SUPPORTED
        assert "1992" in found.text


def test_pictures_macro_sheets_and_thumbnails_ask_for_a_look() -> None:
    blip = struct.pack("<HHI", 0, 0xF01E, 4) + b"abcd"
    entry = struct.pack("<HHI", 2, 0xF007, 36 + len(blip)) + b"\0" * 36 + blip
    store = struct.pack("<HHI", 0xF, 0xF001, len(entry)) + entry
    whole = struct.pack("<HHI", 0xF, 0xF000, len(store)) + store
    found = reading(Workbook([Tab(), Tab("宏", type=1)], head=record(0xEB, whole)).file())
    assert [t.code for t in found.troubles] == [TroubleCode.NEEDS_OCR, TroubleCode.MACROS]
    assert found.partial


def test_what_is_cut_off_is_told() -> None:
    whole = Workbook([Tab(body=biff.label(0, 0, "头") + biff.label(1, 0, "尾"))]).stream()
    found = reading(compound({"Workbook": whole[: whole.index("尾".encode("utf-16-le"))]}))
    assert found.partial
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]
    assert cells(found) == {"A1": "头"}


def test_a_sheet_that_points_into_nothing_is_told() -> None:
    stream = bytearray(Workbook([Tab(body=biff.label(0, 0, "白石沟镇名单"))]).stream())
    at = stream.index(struct.pack("<H", 0x85)) + 4
    stream[at : at + 4] = struct.pack("<I", 0x00FFFFFF)
    found = reading(compound({"Workbook": bytes(stream)}))
    assert found.partial
    assert "花名册" in found.troubles[0].text
    assert "白石沟镇名单" in {s.text for s in found.segments}


def test_a_sheet_whose_beginning_is_cut_short_is_told() -> None:
    """Found by mutation: the kind of the sheet was never set."""
    stream = bytearray(Workbook([Tab(body=biff.label(0, 0, "正文"))]).stream())
    (at,) = struct.unpack_from("<I", stream, stream.index(struct.pack("<HH", 0x85, 14)) + 4)
    struct.pack_into("<H", stream, at + 2, 2)
    found = reading(compound({"Workbook": bytes(stream)}))
    assert found.partial


def test_sheets_that_overlap_are_not_read_again_and_again() -> None:
    inner = biff.bof(biff.WORKSHEET) * 400
    book = Workbook([Tab(f"表{n}") for n in range(400)])
    book.tabs[-1].body = inner
    stream = bytearray(book.stream())
    first = stream.index(inner)
    marks = [m.start() for m in re.finditer(re.escape(struct.pack("<H", 0x85)), bytes(stream))]
    for number, at in enumerate(marks[:400]):
        struct.pack_into("<I", stream, at + 4, first + 20 * number)
    found = reading(compound({"Workbook": bytes(stream)}))
    assert found.partial
    assert len(found.troubles) < 25
    assert "个工作表在文件里缺少内容" in found.troubles[20].text


def test_an_endless_sheet_is_refused_by_the_budget() -> None:
    body = b"".join(biff.label(row, 0, "甲") for row in range(30_000))
    with pytest.raises(Unreadable) as caught:
        read_stream(io.BytesIO(Workbook([Tab(body=body)]).file()), Budget(_LIMITS), "a.xls")
    assert caught.value.code is TroubleCode.TOO_BIG


def outcome(data: bytes, name: str) -> Reading | Unreadable:
    try:
        return read_stream(io.BytesIO(data), Budget(_LIMITS), name)
    except Unreadable as error:
        return error


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Sectors of the compound file in another order."""
    made = bytearray(data)
    count = len(made) // 512
    for _ in range(chance.randint(1, 4)):
        a, b = (512 * chance.randrange(count) for _ in range(2))
        made[a : a + 512], made[b : b + 512] = made[b : b + 512], made[a : a + 512]
    return bytes(made)


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """Single bytes replaced, so that lengths and positions stay."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        made[chance.randrange(len(made))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0x3C))
    return bytes(made)


@pytest.mark.parametrize("part", range(4))
def test_mutated_workbooks_end_in_a_reading_or_a_sentence(part: int) -> None:
    chance = random.Random(part)
    streams = [Workbook([Tab(body=biff.note(0, 0, "覃", "甲"))], strings=("甲",)).stream()]
    for number in range(200):
        data = chance.choice(CASES).data
        match number % 4:
            case 0:
                data = broken(data, chance.randrange(1 << 30))
            case 1:
                data = swapped(data, chance)
            case 2:
                data = overwritten(data, chance)
            case _:
                data = compound({"Workbook": broken(streams[0], chance.randrange(1 << 30))})
        assert isinstance(outcome(data, "a.xls"), Reading | Unreadable)


def spread(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    rows = [[f"覃小满{n}", f"白石沟镇{n}组", n * 1.5, n] for n in range(1, 60)]
    for row in rows:
        sheet.append(row)
    for cell in sheet["C"]:
        cell.number_format = "#,##0.00"
    sheet["B3"].font = Font(color="FFFFFF")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["A7"].comment = Comment("批注内容", "覃小满")
    book.create_sheet("内部").sheet_state = "hidden"
    book["内部"]["A1"] = "隐藏表内容"
    path = folder / "名单.xlsx"
    book.save(path)
    return path


class TestLibreOffice:
    """A workbook that another program wrote, against its own .xlsx and against xlrd."""

    pytestmark = needs_libreoffice

    def test_its_xls_says_the_same_as_its_xlsx(self, tmp_path: Path) -> None:
        source = spread(tmp_path)
        old = convert(source, "xls", tmp_path)
        found, wanted = reading(old.read_bytes()), reading(source.read_bytes(), "名单.xlsx")
        assert not found.partial

        def said(one: Reading) -> dict[tuple[str | None, str | None], tuple[Part, str]]:
            return {
                (s.place.sheet, s.place.cell): (s.place.part, s.text)
                for s in one.segments
                if s.place.cell and s.place.part is not Part.COMMENT
            }

        assert said(found) == said(wanted)
        assert "批注内容" in {s.text for s in found.segments if s.place.part is Part.COMMENT}

    def test_it_opens_what_we_locked_with_the_known_password(self, tmp_path: Path) -> None:
        path = tmp_path / "保护.xls"
        path.write_bytes(locked(Workbook([Tab(body=biff.label(0, 0, "白石沟镇"))])))
        made = convert(path, UTF8_CSV, tmp_path)
        assert "白石沟镇" in made.with_suffix(".csv").read_text(encoding="utf-8")

    def test_its_cells_are_those_that_xlrd_finds(self, tmp_path: Path) -> None:
        old = convert(spread(tmp_path), "xls", tmp_path)
        mine = {
            (s.place.sheet, s.place.row, s.place.column): s.text
            for s in reading(old.read_bytes()).segments
            if s.place.row and s.place.part is not Part.FIELD
        }
        theirs = {}
        for sheet in xlrd.open_workbook(old).sheets():
            for row in range(sheet.nrows):
                for column in range(sheet.ncols):
                    value = sheet.cell_value(row, column)
                    if isinstance(value, str) and value:
                        theirs[sheet.name, row + 1, column + 1] = value
        assert {k: mine.get(k) for k in theirs} == theirs
