"""Old Word documents: LibreOffice's own files, old versions, passwords, damage."""

import io
import random
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor

from formats.budget import Budget, Limits
from formats.compound import compound
from formats.doc97.word6 import modern
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode, Unreadable
from tests.build.damage import broken
from tests.build.doc97 import Paper, Run, word6
from tests.build.libreoffice import convert, needs_libreoffice
from tests.build.ole_properties import property_set
from tests.build.word import PNG
from tests.formats.test_doc97_places import CASES

_LIMITS = Limits(opened_bytes=8 * 1024 * 1024, entries=500, segments=20_000)
_LEAD = Run("白石沟镇关于发放补贴的公示。\r")


def reading(data: bytes, name: str = "公示.doc") -> Reading:
    return read_stream(io.BytesIO(data), Budget(), name)


def refused(data: bytes, name: str = "公示.doc") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        reading(data, name)
    assert caught.value.text.endswith("。")
    return caught.value


def seen(found: Reading) -> list[str]:
    return [s.text for s in found.segments if s.visible and s.place.part is not Part.NAME]


def test_a_plain_document_is_read_without_a_doubt() -> None:
    found = reading(Paper((_LEAD, Run("第二段\x0b第二行\t表位\r"))).file())
    assert seen(found) == ["白石沟镇关于发放补贴的公示。", "第二段\n第二行\t表位"]
    assert [s.place.paragraph for s in found.segments[1:]] == [1, 2]
    assert (found.troubles, found.partial) == ((), False)


def test_wps_is_no_lie() -> None:
    assert reading(Paper().file(), "公示.wps").troubles == ()


def test_a_password_is_told() -> None:
    assert refused(Paper(flags=0x0100).file()).code is TroubleCode.ENCRYPTED


@pytest.mark.parametrize("head", [b"\xdb\xa5\x2d\0", b"\x9b\xa5\x21\0"])
def test_versions_before_word_6_are_named(head: bytes) -> None:
    found = refused(head + b"\0" * 600)
    assert found.code is TroubleCode.NOT_SUPPORTED
    assert "1993" in found.text


@pytest.mark.place("doc", "Word 6.0/95 的正文", visible=True)
@pytest.mark.parametrize("chinese", [True, False])
def test_word_6_is_read_as_text_and_told_to_be_unsure(*, chinese: bool) -> None:
    text = "白石沟镇公示\r覃小满\x07金额\x07\x07第二段\r" if chinese else "Notice\rcaf\xe9\r"
    found = reading(word6(text, chinese=chinese))
    shown = seen(found)
    wanted = ["白石沟镇公示", "覃小满", "金额", "第二段"] if chinese else ["Notice", "caf\xe9"]
    assert shown == wanted
    assert [t.code for t in found.troubles] == [TroubleCode.NOT_SUPPORTED]
    assert found.partial


@pytest.mark.parametrize(
    ("look", "part"),
    [
        pytest.param(
            b"\x5c\1",
            Part.HIDDEN,
            marks=pytest.mark.place("doc", "Word 6.0/95 的隐藏文字", visible=False),
        ),
        pytest.param(
            b"\x62\x08",
            Part.HIDDEN,
            marks=pytest.mark.place("doc", "Word 6.0/95 的白色文字", visible=False),
        ),
        pytest.param(
            b"\x41\1",
            Part.DELETION,
            marks=pytest.mark.place("doc", "Word 6.0/95 的修订删除", visible=False),
        ),
        pytest.param(
            b"\x42\1",
            Part.INSERTION,
            marks=pytest.mark.place("doc", "Word 6.0/95 的修订插入", visible=True),
        ),
    ],
)
def test_word_6_tells_hidden_from_seen(look: bytes, part: Part) -> None:
    # A size and a font before it: their lengths must be known to find what follows.
    found = reading(word6("公示。青桐沟标记。\r", [("青桐沟标记", b"\x63\x18\x5d\0\0" + look)]))
    (segment,) = (s for s in found.segments if "青桐沟标记" in s.text)
    assert (segment.place.part, segment.visible) == (part, part is Part.INSERTION)


def test_word_6_changes_are_said_in_the_numbers_of_word_97() -> None:
    reviser = b"\x45\2\0" + b"\x46" + struct.pack("<I", 7)
    rest = b"\x4a\3\5\0\xab" + b"\x44\4" + struct.pack("<I", 9) + b"\x63\2" + b"\xff\x5c\1"
    assert modern(reviser + rest) == b"".join(
        (
            struct.pack("<HHHH", 0x4804, 2, 0x4863, 2),
            struct.pack("<HIHI", 0x6805, 7, 0x6864, 7),
            struct.pack("<HHH", 0x6A09, 5, 0xAB),
            struct.pack("<HI", 0x6A03, 9),
            struct.pack("<HH", 0x4A43, 2),
        )
    )
    assert modern(b"\x44") == modern(b"\x46\1") == b""


@pytest.mark.place("doc", "Word 6.0/95 的表格", visible=True)
def test_word_6_tells_rows_and_cells() -> None:
    found = reading(word6("公示\r甲\x07乙\x07\x07丙\x07青桐沟\x07\x07末\r", rows=True))
    (segment,) = (s for s in found.segments if s.text == "青桐沟")
    place = segment.place
    assert (place.part, place.table, place.row, place.column) == (Part.TABLE, 1, 2, 2)


def test_a_thumbnail_and_pictures_ask_for_a_look() -> None:
    summary = bytearray(property_set({17: "略"}))
    data = Paper((_LEAD, Run("\x01\r")), streams={"\x05SummaryInformation": bytes(summary)})
    found = reading(data.file())
    assert [t.code for t in found.troubles] == [TroubleCode.NEEDS_OCR, TroubleCode.NEEDS_OCR]
    assert found.troubles[1].place is not None
    assert found.troubles[1].place.part is Part.THUMBNAIL


@pytest.mark.place("doc", "正文中已删去而残留的图片", visible=False)
def test_a_picture_taken_out_of_the_text_but_not_of_the_file_is_told() -> None:
    data = b"\0" * 16 + struct.pack("<iHh", 90, 68, 0x64).ljust(68, b"\0") + PNG[:22]
    (trouble,) = reading(Paper(data=data).file()).troubles
    assert trouble.code is TroubleCode.NEEDS_OCR
    assert "1 张正文中已经删去的图片" in trouble.text
    assert trouble.place is not None
    assert trouble.place.part is Part.REVISION_HISTORY


def test_a_broken_property_set_is_told_and_the_text_still_read() -> None:
    summary = property_set({4: "覃小满"})[:60]
    found = reading(Paper(streams={"\x05SummaryInformation": summary}).file())
    assert "白石沟镇公示。" in seen(found)
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]


def test_a_piece_that_points_past_the_end_is_told() -> None:
    with_table = Paper((_LEAD, Run("尾"))).file()
    at = with_table.index(struct.pack("<HIH", 0, 0x800 + 2 * len(_LEAD.text), 0))
    made = bytearray(with_table)
    made[at + 2 : at + 6] = struct.pack("<I", 0x00FFFFF0)
    found = reading(bytes(made))
    assert "白石沟镇关于发放补贴的公示。" in seen(found)
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]
    assert found.partial


def test_a_document_without_its_table_is_refused() -> None:
    body = Paper().file()
    with_only = compound({"WordDocument": _main_of(body)})
    assert refused(with_only).code is TroubleCode.DAMAGED


def _main_of(data: bytes) -> bytes:
    from formats.oleparts import OleParts

    return OleParts(io.BytesIO(data), Budget()).read("WordDocument")


def test_an_endless_document_is_refused_by_the_budget() -> None:
    data = Paper((Run("甲\r" * 30),)).file()
    with pytest.raises(Unreadable) as caught:
        read_stream(io.BytesIO(data), Budget(Limits(segments=20)), "a.doc")
    assert caught.value.code is TroubleCode.TOO_BIG


def test_a_number_deleted_long_ago_and_noise_beside_it() -> None:
    noise = random.Random(7).randbytes(20_000)
    left = noise + "证件号码510105194912310011已删除".encode("utf-16-le") + noise
    found = reading(Paper(left=left).file())
    old = [s.text for s in found.segments if s.place.part is Part.REVISION_HISTORY]
    assert any("510105194912310011已删除" in text for text in old)
    assert len(old) < 5


def outcome(data: bytes, name: str) -> Reading | Unreadable:
    try:
        return read_stream(io.BytesIO(data), Budget(_LIMITS), name)
    except Unreadable as error:
        return error


@pytest.mark.parametrize("part", range(4))
def test_mutated_documents_end_in_a_reading_or_a_sentence(part: int) -> None:
    chance = random.Random(part)
    for number in range(200):
        data = bytearray(chance.choice(CASES).data)
        match number % 3:
            case 0:
                data = bytearray(broken(bytes(data), chance.randrange(1 << 30)))
            case 1:
                for _ in range(chance.randint(1, 4)):
                    a, b = (512 * chance.randrange(len(data) // 512) for _ in range(2))
                    data[a : a + 512], data[b : b + 512] = data[b : b + 512], data[a : a + 512]
            case _:
                for _ in range(chance.randint(1, 12)):
                    at = chance.randrange(len(data))
                    data[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 7, 0x13))
        assert isinstance(outcome(bytes(data), "a.doc"), Reading | Unreadable)


def paper(folder: Path) -> Path:
    """A .docx with what python-docx can write: table, header, hidden and white text, a comment."""
    made = docx.Document()
    made.add_heading("白石沟镇公示", 1)
    for number in range(30):
        made.add_paragraph(f"第{number}条　覃小满等{number}人，金额{number * 100}元。")
    table = made.add_table(3, 2)
    for r, line in enumerate(table.rows):
        for c, cell in enumerate(line.cells):
            cell.text = f"第{r}行第{c}列"
    paragraph = made.add_paragraph("看得见")
    paragraph.add_run("藏起来的").font.hidden = True
    white = paragraph.add_run("白色的")
    white.font.color.rgb = RGBColor(255, 255, 255)
    made.add_comment(paragraph.runs, "批注内容", "覃小满", "覃")
    made.sections[0].header.paragraphs[0].text = "页眉文字"
    made.sections[0].footer.paragraphs[0].text = "页脚文字"
    made.core_properties.author = "覃小满"
    path = folder / "公示.docx"
    made.save(path)
    return path


def tracked(folder: Path) -> Path:
    """A document with a tracked insertion and deletion and a footnote, built from its XML."""
    from tests.build.word import CHANGE, notes, paragraph, run
    from tests.build.word import docx as built

    gone = f"<w:del {CHANGE}><w:r><w:delText>已经删去</w:delText></w:r></w:del>"
    new = f"<w:ins {CHANGE}>{run('新写进去')}</w:ins>"
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    path = folder / "修订.docx"
    path.write_bytes(
        built(paragraph(run("原文。"), gone, new, mark), notes("footnote", "脚注内容"))
    )
    assert zipfile.is_zipfile(path)
    return path


class TestLibreOffice:
    """Documents another program wrote, against the .docx they were made from."""

    pytestmark = needs_libreoffice

    def test_its_doc_says_the_same_as_its_docx(self, tmp_path: Path) -> None:
        source = paper(tmp_path)
        old = convert(source, "doc", tmp_path)
        found, wanted = reading(old.read_bytes()), reading(source.read_bytes(), "公示.docx")

        def said(one: Reading) -> set[tuple[Part, str, bool]]:
            parts = {Part.BODY, Part.TABLE, Part.HEADER, Part.FOOTER, Part.COMMENT, Part.HIDDEN}
            return {
                (s.place.part, s.text.strip(), s.visible)
                for s in one.segments
                if s.place.part in parts
            }

        assert said(wanted) <= said(found)
        extra = said(found) - said(wanted)
        assert all(not visible for _, _, visible in extra)
        assert not found.partial

    def test_its_revisions_and_notes_are_found(self, tmp_path: Path) -> None:
        old = convert(tracked(tmp_path), "doc", tmp_path)
        found = {s.place.part: s for s in reading(old.read_bytes()).segments}
        assert _says(found[Part.DELETION], "已经删去", visible=False)
        assert _says(found[Part.INSERTION], "新写进去", visible=True)
        assert found[Part.DELETION].note == "覃小满 2026-03-01 10:20"
        assert _says(found[Part.FOOTNOTE], "脚注内容", visible=True)


def _says(segment: Segment, text: str, *, visible: bool) -> bool:
    return text in segment.text and segment.visible is visible
