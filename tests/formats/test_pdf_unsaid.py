"""Words in objects of a PDF where no reader looks: the net under all readers tells them."""

import io
from typing import Any

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.pdf import outside, rich
from formats.reading import Part, Reading, Segment, TroubleCode
from tests.build.pdf import Page, Pdf, show, stream, text_string

MARKER = "覃小满四五一二二六"
M = text_string(MARKER)
NAMED = b"/" + b"".join(b"#%02X" % byte for byte in MARKER.encode())


def reading(data: bytes) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), "公示.pdf")


def hits(data: bytes, marker: str = MARKER) -> list[Segment]:
    return [s for s in reading(data).segments if marker in s.text]


def plain(catalog: bytes = b"", *objects: bytes, page: bytes = b"", trailer: bytes = b"") -> bytes:
    """A page of text. Further objects have the numbers from 6."""
    entries = "/MediaBox [0 0 595 842] " + page.decode("latin-1")
    pdf = Pdf([Page(show("正文"), entries)], catalog=catalog, trailer=trailer)
    for body in objects:
        pdf.add(body)
    return pdf.build()


def noted(entries: bytes) -> bytes:
    return plain(page=b"/Annots [<< /Type /Annot /Rect [72 600 200 620] " + entries + b" >>]")


def tree(entries: bytes) -> bytes:
    return plain(b"/StructTreeRoot << /K << /S /P " + entries + b" >> >>")


def case_of(name: str, data: bytes, part: Part, *, visible: bool = False) -> Any:
    mark = pytest.mark.place("pdf", name, visible=visible)
    return pytest.param(data, part, visible, marks=mark, id=name)


def case(name: str, data: bytes) -> Any:
    return pytest.param(data, marks=pytest.mark.place("pdf", name, visible=False), id=name)


@pytest.mark.parametrize(
    "data",
    [
        case("结构的编号", tree(b"/ID " + M)),
        case("结构属性里的表格摘要", tree(b"/A << /O /Table /Summary " + M + b" >>")),
        case("结构属性里的用户属性",
             tree(b"/A << /O /UserProperties /P [<< /N (x) /V " + M + b" >>] >>")),
        case("结构属性里的表单说明", tree(b"/A << /O /PrintField /Desc " + M + b" >>")),
        case("图层的使用者", plain(b"", b"<< /Type /OCG /Name (x) /Usage << /User << /Type /Ind"
                             b" /Name " + M + b" >> >> >>")),
        case("图层的分组名称", plain(b"/OCProperties << /OCGs [6 0 R] /D << /Order [[" + M
                              + b" 6 0 R]] >> >>", b"<< /Type /OCG /Name (x) >>")),
        case("没有列出的图层", plain(b"", b"<< /Type /OCG /Name " + M + b" >>")),
        case("文档脚本的名称", plain(b"/Names << /JavaScript << /Names [" + M
                              + b" << /S /JavaScript /JS (x) >>] >> >>")),
        case("附件在文件包里的栏目", plain(b"", b"<< /Type /Filespec /F (f.txt) /CI << /a " + M
                                 + b" >> >>")),
        case("页面模板的名称", plain(b"/Names << /Templates << /Names [" + M + b" 2 0 R] >> >>")),
        case("输出意图", plain(b"/OutputIntents [<< /S /GTS_PDFA1 /Info " + M + b" >>]")),
        case("签名的法律声明", plain(b"/Legal << /Attestation " + M + b" >>")),
        case("使用权签名", plain(b"/Perms << /UR3 << /Type /Sig /Name " + M + b" >> >>")),
        case("打印分册的数据", plain(b"/DPartRoot << /DPartRootNode << /DPM << /X " + M
                              + b" >> >> >>")),
        case("页面视口的名称", plain(page=b"/VP [<< /Name " + M + b" >>]")),
        case("页面的其他数据", plain(page=b"/Mine " + M)),
        case("目录的其他数据", plain(b"/Mine " + M)),
        case("文件尾的其他数据", plain(trailer=b"/Mine " + M)),
        case("没有引用的对象", plain(b"", b"<< /X [" + M + b"] >>")),
        case("没有引用的文字", plain(b"", M)),
        case("没有引用的注释", plain(b"", b"<< /Type /Annot /Subtype /FreeText /Contents " + M
                              + b" >>")),
        case("流的其他数据", plain(b"", b"<< /Length 1 /Mine " + M
                             + b" >>\nstream\nx\nendstream")),
        case("注释的名称", noted(b"/Subtype /Text /NM " + M)),
        case("注释的弹出窗口", noted(b"/Subtype /Text /Popup << /Subtype /Popup /Contents " + M
                              + b" >>")),
        case("注释所回复的注释", noted(b"/Subtype /Text /IRT << /Subtype /Text /Contents " + M
                               + b" >>")),
        case("注释的测量单位", noted(b"/Subtype /Line /Measure << /X [<< /U " + M + b" >>] >>")),
        case("注释的其他数据", noted(b"/Subtype /Text /Mine " + M)),
        case("图章的名称", noted(b"/Subtype /Stamp /Name " + NAMED)),
        case("附件注释里只有说明的文件", noted(b"/Subtype /FileAttachment /FS << /Desc " + M
                                   + b" >>")),
        case("隐藏注释的动作", noted(b"/Subtype /Link /A << /S /Hide /T " + M + b" >>")),
        case("链接到命名位置的名称", noted(b"/Subtype /Link /Dest " + NAMED)),
        case("多选框的状态名", noted(b"/Subtype /Widget /FT /Btn /AP << /N << " + NAMED
                             + b" [] >> >>")),
        case("媒体的替代文字", noted(b"/Subtype /Screen /A << /S /Rendition /R << /S /MR /C"
                              b" << /Alt [(zh) " + M + b"] >> >> >>")),
        case("三维视图的名称", noted(b"/Subtype /3D /3DV << /XN " + M + b" >>")),
        case("没有填写的表单域的说明",
             plain(b"/AcroForm << /Fields [<< /FT /Tx /T (x) /TU " + M + b" >>] >>")),
        case("文档属性里的列表", plain(b"", b"<< /Author [" + M + b"] >>")),
    ],
)  # fmt: skip
def test_words_in_any_object_are_told_once(data: bytes) -> None:
    (segment,) = hits(data)
    assert segment.text == MARKER
    assert segment.place.part is Part.HIDDEN
    assert not segment.visible


@pytest.mark.place("pdf", "不按标准编码的文字（GBK）", visible=False)
@pytest.mark.parametrize("code", ["gbk", "utf-8"])
def test_a_string_in_the_code_of_the_machine_is_read(code: str) -> None:
    """Many Chinese programs write their own code where the standard has its own (7.9.2)."""
    written = b"<" + MARKER.encode(code).hex().encode() + b">"
    pdf = Pdf([Page(show("正文"))])
    pdf.trailer = b"/Info " + pdf.add(b"<< /Author " + written + b" >>").encode()
    (segment,) = hits(pdf.build())
    assert segment.note == "作者"


def test_a_long_number_in_any_object_is_told() -> None:
    (segment,) = hits(plain(b"/Mine (ID 450126199003074512)"), "450126199003074512")
    assert segment.place.part is Part.HIDDEN


@pytest.mark.parametrize(
    "data",
    [
        plain(b"/Mine (D:20260305080000+08'00')"),
        plain(b"/Mine <d41d8cd98f00b204e9800998ecf8427e>"),
        plain(trailer=b"/ID [<3e78e0f04d8650a664e276d08bf049f0>]"),
        plain(b"/Mine (0F1E2D3C450126199003074512AB)"),
        plain(b"", b"<< /Type /FontDescriptor /FontFamily " + M + b" /FontName " + NAMED + b" >>"),
        plain(b"/StructTreeRoot << /RoleMap << " + NAMED + b" /P >> >>"),
        tree(b"").replace(b"/S /P", b"/S " + NAMED),
    ],
    ids=["date", "sum", "id", "hex", "font", "style", "use of a style"],
)
def test_what_programs_write_for_themselves_is_not_told(data: bytes) -> None:
    assert [s.text for s in reading(data).segments if s.place.part is Part.HIDDEN] == []


def test_what_a_reader_has_told_is_not_told_again() -> None:
    data = plain(b"/Outlines << /First << /Title " + M + b" >> >> /Mine [" + M + b"]")
    (segment,) = hits(data)
    assert segment.place.part is Part.OUTLINE


def test_an_object_nested_without_end_is_walked() -> None:
    data = plain(b"/Mine " + b"[" * 90 + M + b"]" * 90)
    assert len(hits(data)) == 1


CODES = "".join(f"&#{ord(letter)};" for letter in MARKER)


def filled(entries: str, data: str) -> bytes:
    """A form whose XFA is this; the entry of a widget points at it too."""
    pdf = Pdf([Page(show("正文"))])
    part = pdf.stream(data.encode())
    pdf.catalog = f"/AcroForm << {entries} {part} >>".encode()
    return pdf.build()


def form(words: str) -> bytes:
    return stream(
        show(words, 0, 0),
        "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F1 3 0 R >> >>",
    )


def tile(words: str) -> bytes:
    return stream(
        show(words, 90, 90),
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 600 900]"
        " /XStep 600 /YStep 900 /Resources << /Font << /F1 3 0 R >> >>",
    )


def resourced(kind: str, body: bytes, content: bytes = b"") -> bytes:
    """A page that names this object, and paints it if its content says so."""
    pdf = Pdf()
    named = pdf.add(body)
    pdf.pages = [Page(show("正文") + content, resources=f"/{kind} << /X {named} >>")]
    return pdf.build()


XMP = "/Type /Metadata /Subtype /XML"
DER = b"\x30\x82\x0c" + bytes([len(MARKER.encode())]) + MARKER.encode() + bytes(range(256))


@pytest.mark.parametrize(
    ("data", "part", "visible"),
    [
        case_of("没有引用的图形", plain(b"", form(MARKER)), Part.HIDDEN),
        case_of("页面没有画出的图形", resourced("XObject", form(MARKER)), Part.HIDDEN),
        case_of("蒙版里的文字", plain(b"", b"<< /SMask << /S /Luminosity /G 7 0 R >> >>",
                                form(MARKER)), Part.HIDDEN),
        case_of("底纹图案里的文字", resourced("Pattern", tile(MARKER),
                                      b"/Pattern cs /X scn 0 0 600 400 re f"), Part.BODY,
                visible=True),
        case_of("没有引用的图案", plain(b"", tile(MARKER)), Part.HIDDEN),
        case_of("没有引用的数据流", plain(b"", stream(MARKER.encode())), Part.HIDDEN),
        case_of("没有引用的数据流（GBK）", plain(b"", stream(MARKER.encode("gbk"))), Part.HIDDEN),
        case_of("签名证书里的名称", noted(b"/Subtype /Widget /FT /Sig /V << /Type /Sig /Contents <"
                                   + DER.hex().encode() + b"> >>"), Part.FORM_VALUE),
        case_of("内容标记里的文字", resourced("X", b"<< >>", b"/Artifact << /Type /Pagination /X "
                                      + M + b" >> BDC EMC"), Part.HIDDEN),
        case_of("内容标记里的替代文字", resourced("X", b"<< >>", b"/Span << /Alt " + M
                                        + b" >> BDC EMC"), Part.ALT_TEXT),
        case_of("元数据（XMP）的注释", plain(b"", stream(f"<x><!--{MARKER}--></x>".encode(), XMP)),
                Part.METADATA),
        case_of("元数据（XMP）元素之间", plain(b"", stream(f"<x><a/>{MARKER}</x>".encode(), XMP)),
                Part.METADATA),
    ],
)  # fmt: skip
def test_what_no_page_is_painted_with_is_read(data: bytes, part: Part, visible: bool) -> None:
    (segment,) = hits(data)
    assert MARKER in segment.text
    assert (segment.place.part, segment.visible) == (part, visible)


@pytest.mark.place("pdf", "没有列出的附件流", visible=False)
def test_a_file_inside_that_no_specification_names_is_read() -> None:
    segment = hits(plain(b"", stream(MARKER.encode(), "/Type /EmbeddedFile")))[0]
    assert (segment.place.member, segment.visible) == ("附件", False)


def test_a_content_that_no_page_has_is_told() -> None:
    told = reading(plain(b"", stream(show(MARKER))))
    assert [t.code for t in told.troubles] == [TroubleCode.LEFT_OUT]
    assert told.partial


def test_what_a_page_paints_is_told_once() -> None:
    segment, *more = hits(resourced("XObject", form(MARKER), b"/X Do"))
    assert (segment.visible, more) == (True, [])


def test_a_page_whose_replacements_are_told_apart_has_lost_no_content() -> None:
    content = b"/Span << /ActualText " + M + b" >> BDC " + show("别的") + b"EMC "
    assert reading(resourced("X", b"<< >>", content)).troubles == ()


@pytest.mark.place("pdf", "XFA 表单的属性和注释", visible=False)
@pytest.mark.parametrize(
    ("data", "part"),
    [
        (noted(b"/Subtype /Text /RC " + text_string(f"<p>{CODES}</p>")), Part.ANNOTATION),
        (noted(b"/Subtype /Widget /FT /Tx /RV " + text_string(f"<p>{CODES}</p>")),
         Part.FORM_VALUE),
        (filled("/XFA", f"<data><n>{CODES}</n></data>"), Part.FORM_VALUE),
        (filled("/XFA", f"<data><n x='{MARKER}'/></data>"), Part.FORM_VALUE),
        (filled("/XFA", f"<data><!-- {MARKER} --></data>"), Part.FORM_VALUE),
    ],
    ids=["note", "field", "form", "attribute", "remark"],
)  # fmt: skip
def test_words_in_markup_are_read(data: bytes, part: Part) -> None:
    (segment,) = hits(data)
    assert segment.text == MARKER
    assert segment.place.part is part
    assert not segment.visible


@pytest.mark.parametrize("opening", ["<", "<!--", '<a b="', "&#", '= "'])
def test_markup_that_never_ends_costs_no_more_than_its_length(opening: str) -> None:
    """Each bracket looked for its end through all of the text: hours for 2 MB."""
    markup = opening * 500_000 + MARKER
    assert MARKER in rich.bare(markup)
    assert any(MARKER in text for text, _ in rich.lines(markup))


def put_before(mark: bytes, more: bytes) -> bytes:
    return plain().replace(mark, more + mark, 1)


@pytest.mark.parametrize(
    "data",
    [
        case("开头的文字", put_before(b"%PDF-", f"姓名{MARKER}\n".encode())),
        case("文件头后的注释", put_before(b"1 0 obj", f"%{MARKER}\n".encode())),
        case("对象之间的文字", put_before(b"2 0 obj", MARKER.encode("gbk") + b"\n")),
        case("交叉引用表前的文字", put_before(b"xref", MARKER.encode() + b"\n")),
    ],
)
def test_words_between_the_objects_are_read(data: bytes) -> None:
    (segment,) = hits(data)
    assert (segment.place.part, segment.visible) == (Part.HIDDEN, False)
    assert (segment.place.path or "").startswith("+")


@pytest.mark.parametrize(
    "tail", [MARKER.encode(), MARKER.encode("gbk"), f"<html><p>{MARKER}</p></html>".encode()]
)
@pytest.mark.place("pdf", "文件结束后附着的数据", visible=False)
def test_what_follows_the_end_is_read_and_told(tail: bytes) -> None:
    data = plain() + tail
    segment = hits(data)[0]
    assert (segment.place.part, segment.visible) in {(Part.EMBEDDED, False), (Part.BODY, False)}
    assert (segment.place.member or "").startswith("PDF尾部的数据")
    assert TroubleCode.NOT_SUPPORTED in {t.code for t in reading(data).troubles}


def test_line_ends_and_zeros_behind_the_end_are_nothing() -> None:
    assert reading(plain() + b"\r\n" + b"\0" * 900).troubles == ()


def test_a_file_inside_that_is_not_packed_lies_in_its_object() -> None:
    inner = plain(b"/Lang (zh)") + MARKER.encode()
    data = plain(b"", stream(inner, "/Type /EmbeddedFile"))
    assert {s.place.member for s in hits(data)} == {"附件/PDF尾部的数据"}


@pytest.mark.parametrize("piece", [b"1 0 obj ", b"1 0 obj stream ", b"1 0 obj<</Length 9 "])
def test_objects_that_never_end_cost_no_more_than_their_length(piece: bytes) -> None:
    data = b"%PDF-1.7\n" + piece * 300_000
    assert list(outside.between(data, ())) == []


PICTURE = (
    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


@pytest.mark.parametrize("body", [form("覃"), stream(b"x", PICTURE)], ids=["forms", "pictures"])
def test_more_than_are_read_are_told(body: bytes) -> None:
    pdf = Pdf([Page(show("正文"))])
    for _ in range(2001):
        pdf.add(body)
    told = reading(pdf.build())
    assert [t.code for t in told.troubles] == [TroubleCode.DAMAGED]
