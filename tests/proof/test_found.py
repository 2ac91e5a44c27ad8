"""What mutants and the fuzzer found, each as the smallest file that shows it."""

import io
import zlib
from pathlib import Path

import pytest

from formats.budget import Budget, Limits
from formats.opening import read, read_stream
from formats.reading import Reading, Unreadable
from tests.build import pdf, sheet, word
from tests.proof.hostile.sheets import CASES


def ended(data: bytes, name: str) -> Reading | Unreadable:
    try:
        return read_stream(io.BytesIO(data), Budget(), name)
    except Unreadable as refusal:
        return refusal


def _with_strange_names() -> bytes:
    """Keys that are bytes of GBK, in every dictionary whose keys are walked."""
    made = pdf.Pdf(
        [
            pdf.Page(
                pdf.show("正文") + b"/L BDC EMC /G gs ",
                entries="/MediaBox [0 0 595 842] /Annots [7 0 R] /AA << /#b8#c4 8 0 R >>",
                resources="/XObject << /#b8#c4 6 0 R >> /Properties << /#b8#c4 9 0 R >>"
                " /ExtGState << /G << /#b8#c4 1 >> >>",
            )
        ],
        catalog=b"/Dests << /#b8#c4 [1 0 R] >> /OpenAction << /S /#b8#c4 >>",
        trailer=b"/Info << /#b8#c4 (a) >>",
    )
    made.stream(
        b"\0" * 4,
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"
        " /BitsPerComponent 8",
    )
    made.add(
        b"<< /Subtype /Widget /Rect [0 0 9 9] /FT /Btn /T (a) /AP << /N << /#b8#c4 6 0 R >> >> >>"
    )
    made.add(b"<< /S /JavaScript /JS (1) >>")
    made.add(b"<< /Type /OCG /Name (a) /#b8#c4 1 >>")
    return made.build()


def test_names_in_a_pdf_that_are_no_text() -> None:
    found = ended(_with_strange_names(), "a.pdf")
    assert isinstance(found, Reading)
    assert any("正文" in s.text for s in found.segments)
    for segment in found.segments:
        assert (segment.text + segment.note).encode()


@pytest.mark.parametrize("frames", [2, 40])
def test_a_picture_that_grows_while_it_is_leafed_through(frames: int) -> None:
    """A GIF whose later frame claims more points than the first."""
    head = b"GIF89a" + b"\x08\0\x08\0\x80\0\0" + b"\0\0\0\xff\xff\xff"
    small = b"," + b"\0\0\0\0\x08\0\x08\0\0" + b"\2\2\x44\1\0"
    large = b"," + b"\xff\xff\xff\xff\xff\xff\xff\xff\0" + b"\2\2\x44\1\0"
    data = head + small + large * (frames - 1) + b";"
    assert isinstance(ended(data, "a.gif"), Reading | Unreadable)


def test_a_gif_that_ends_in_the_head_of_a_frame() -> None:
    head = b"GIF89a" + b"\x08\0\x08\0\x80\0\0" + b"\0\0\0\xff\xff\xff"
    found = ended(head + b"," + b"\0\0\0\0\x08\0\x08\0\0" + b"\2\2\x44\1\0" + b",\0\0", "a.gif")
    assert isinstance(found, Reading)
    assert [t.text for t in found.troubles if "只读了前 1 页" in t.text]


@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable"])
def test_a_mail_part_whose_charset_is_no_name(coding: str) -> None:
    body = "正文".encode("gb18030") if coding == "8bit" else b"5q2j5paH\r\n\xff"
    head = b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="a\0b"\r\n'
    data = head + f"Content-Transfer-Encoding: {coding}\r\n\r\n".encode() + body
    found = ended(data, "a.eml")
    assert isinstance(found, Reading)
    if coding != "quoted-printable":
        assert any("正文" in s.text for s in found.segments)


def _page_of(data: bytes, filters: str) -> bytes:
    empty = pdf.stream(b"")
    return pdf.one_page(b"").replace(empty, pdf.stream(data, f"/Filter {filters}"))


PACKED = zlib.compress(pdf.show("正文") * 20)


@pytest.mark.parametrize(
    ("data", "filters"),
    [
        (b"no deflate at all", "/FlateDecode"),
        (PACKED[:40], "/FlateDecode"),
        (PACKED[:30] + b"\xff" * 9 + PACKED[39:], "/FlateDecode"),
        (b"x" * 100, "/NoSuchFilter"),
        (PACKED, "[/FlateDecode /FlateDecode]"),
    ],
)
def test_a_page_of_a_pdf_whose_content_is_torn_is_told(data: bytes, filters: str) -> None:
    """pdfium shows what it can and says nothing: a blank page would pass for a clean one."""
    found = ended(_page_of(data, filters), "a.pdf")
    assert isinstance(found, Reading)
    assert found.partial
    assert ["内容有损坏" in t.text for t in found.troubles] == [True]


def test_a_form_whose_content_is_torn_is_told_on_its_first_page() -> None:
    page = pdf.Page(b"/F Do", resources="/XObject << /F 6 0 R >>")
    made = pdf.Pdf([page, page])
    made.stream(PACKED[:40], "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode")
    found = ended(made.build(), "a.pdf")
    assert isinstance(found, Reading)
    assert [t.text for t in found.troubles if "损坏" in t.text] == [
        "第 1 页的内容有损坏，可能没有读全。请用原软件重新导出后再放入。"
    ]


@pytest.mark.parametrize(("tail", "torn"), [(b"\0\0\0\0", True), (b"", False)])
def test_a_check_sum_that_is_wrong_or_missing_in_a_pdf_hides_nothing(
    tail: bytes, torn: bool
) -> None:
    """Readers do not ask for it; what is unseen on such a page is still told apart."""
    content = zlib.compress(pdf.show("正文") + pdf.show("看不见", y=600, more="3 Tr"))
    found = ended(_page_of(content[:-4] + tail, "/FlateDecode"), "a.pdf")
    assert isinstance(found, Reading)
    assert bool(found.troubles) is torn
    assert {s.text: s.visible for s in found.segments[1:]} == {"正文": True, "看不见": False}


def test_a_torn_attachment_of_a_pdf_is_read_as_far_as_it_goes() -> None:
    text = "".join(f"{number} 号公示\n" for number in range(9_000)).encode()
    made = pdf.Pdf(
        [pdf.Page(pdf.show("正文"))],
        catalog=b"/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >>",
    )
    made.stream(zlib.compress(text)[:-2_000], "/Type /EmbeddedFile /Filter /FlateDecode")
    made.add(b"<< /Type /Filespec /F (a.txt) /EF << /F 6 0 R >> >>")
    found = ended(made.build(), "a.pdf")
    assert isinstance(found, Reading)
    assert "0 号公示" in [s.text for s in found.segments]
    assert any("附件有损坏" in t.text for t in found.troubles)


def test_a_text_that_is_stored_once_and_shown_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(CASES["a text said again.xlsx"]())
    with pytest.raises(Unreadable) as refused:
        read(path, Budget(Limits(characters=1_000_000)))
    assert refused.value.text == "文件里的文字超过 100 万字，已停止读取。请拆分后再放入。"


def test_columns_hidden_and_shown_again_and_folded() -> None:
    columns = (
        '<cols><col min="1" max="99999" hidden="1"/><col min="2" max="3" outlineLevel="1"/>'
        '<col min="3" max="3" hidden="1" outlineLevel="1"/><col min="20000" max="1" hidden="1"/>'
        "</cols>"
    )
    cells = "".join(sheet.text(f"{letter}1", letter) for letter in "ABC")
    found = ended(sheet.workbook(sheet.Tab(before=columns, rows=sheet.row(1, cells))), "a.xlsx")
    assert isinstance(found, Reading)
    told = {s.text: (s.visible, s.note) for s in found.segments if len(s.text) == 1}
    assert told == {"A": (False, ""), "B": (True, ""), "C": (False, "折叠的列")}


def test_styles_based_on_each_other_in_a_long_chain() -> None:
    count = 3_000
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(count)
    )
    last = f'<w:style w:type="paragraph" w:styleId="s{count}"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = "".join(
        word.paragraph(word.run(f"第{n}段"), properties=f'<w:pStyle w:val="s{n}"/>')
        for n in (0, 1_500, count, count + 1)
    )
    found = ended(word.docx(body, word.styles(chain + last)), "a.docx")
    assert isinstance(found, Reading)
    seen = {s.text: s.visible for s in found.segments if s.text.startswith("第")}
    assert list(seen.values()) == [False, False, False, True]
