"""Each place of a PDF beside its pages' own text: a marker hidden there is found and told apart."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

import formats
import formats.pdf
from formats.reading import Part, Place, Reading, Segment, TroubleCode
from tests.build.pdf import LATIN, Page, Pdf, appended, draw, one_page, show, stream, text_string

MARKER = "覃小满四五一二二六"
M = text_string(MARKER)
AUTHOR = text_string("韦青禾")


def told(folder: Path, data: bytes) -> Reading:
    path = folder / "文件.pdf"
    path.write_bytes(data)
    return formats.read(path)


def only(folder: Path, data: bytes, marker: str = MARKER) -> Segment:
    hits = [s for s in told(folder, data).segments if marker in s.text]
    assert len(hits) == 1, [(s.place, s.note) for s in hits]
    return hits[0]


def annotated(entries: bytes, catalog: bytes = b"", *objects: bytes) -> bytes:
    """A page with one annotation. Further objects have the numbers from 7."""
    pdf = Pdf(catalog=catalog)
    note = pdf.add(b"<< /Type /Annot /Rect [72 600 200 620] " + entries + b" >>")
    for body in objects:
        pdf.add(body)
    pdf.pages = [Page(show("正文"), f"/MediaBox [0 0 595 842] /Annots [{note}]")]
    return pdf.build()


def plain(catalog: bytes, *objects: bytes) -> bytes:
    """A page of text in a document with these entries. Further objects have the numbers from 6."""
    pdf = Pdf([Page(show("正文"))], catalog=catalog)
    for body in objects:
        pdf.add(body)
    return pdf.build()


def look(text: bytes) -> bytes:
    return stream(
        b"BT /F1 12 Tf 2 5 Td <" + text + b"> Tj ET",
        "/Type /XObject /Subtype /Form /BBox [0 0 128 20] /Resources << /Font << /F1 3 0 R >> >>",
    )


CODES = MARKER.encode("utf-16-be").hex().encode()


def case(name: str, data: bytes, part: Part, *, visible: bool = False) -> Any:
    mark = pytest.mark.place("pdf", name, visible=visible)
    return pytest.param(data, part, visible, marks=mark, id=name)


def note(kind: str, name: str, more: bytes = b"", *, visible: bool = False) -> Any:
    entries = b"/Subtype /" + kind.encode() + b" /Contents " + M + b" " + more
    return case(name, annotated(entries), Part.ANNOTATION, visible=visible)


JS = b"<< /S /JavaScript /JS " + M + b" >>"


@pytest.mark.parametrize(
    ("data", "part", "visible"),
    [
        note("Text", "便签"),
        note("FreeText", "文字注释", visible=True),
        note("FreeText", "隐藏的文字注释", b"/F 2"),
        note("FreeText", "只打印的文字注释", b"/F 36", visible=True),
        note("FreeText", "不显示的文字注释", b"/F 32"),
        note("Line", "线条注释"),
        note("Square", "方框注释"),
        note("Circle", "圆圈注释"),
        note("Polygon", "多边形注释"),
        note("PolyLine", "折线注释"),
        note("Highlight", "高亮注释", b"/QuadPoints [72 620 200 620 72 600 200 600]"),
        note("Underline", "下划线注释"),
        note("Squiggly", "波浪线注释"),
        note("StrikeOut", "删除线注释"),
        note("Stamp", "图章注释"),
        note("Caret", "插入标记注释"),
        note("Ink", "手写注释"),
        note("Popup", "弹出窗口"),
        note("FileAttachment", "文件附件注释"),
        note("Sound", "录音注释"),
        note("Movie", "影片注释"),
        note("Screen", "媒体注释"),
        note("Watermark", "水印注释", visible=True),
        note("3D", "三维模型注释"),
        note("Redact", "没有执行的涂黑标记"),
        case("涂黑标记的覆盖文字", annotated(b"/Subtype /Redact /OverlayText " + M),
             Part.ANNOTATION),
        case("注释的作者", annotated(b"/Subtype /Ink /T " + M), Part.ANNOTATION),
        case("注释的主题", annotated(b"/Subtype /Text /Subj " + M), Part.ANNOTATION),
        case("注释的格式文字", annotated(b"/Subtype /Text /RC " + text_string(f"<p>{MARKER}</p>")),
             Part.ANNOTATION),
        case("注释的外观", annotated(b"/Subtype /Stamp /AP << /N 7 0 R >>", b"", look(CODES)),
             Part.ANNOTATION, visible=True),
        case("注释的外观（隐藏）", annotated(b"/Subtype /Stamp /F 2 /AP << /N 7 0 R >>", b"",
                                    look(CODES)), Part.ANNOTATION),
        case("注释没有选用的外观",
             annotated(b"/Subtype /Stamp /AS /On /AP << /N << /Off 7 0 R >> >>", b"",
                       look(CODES)), Part.ANNOTATION),
        case("表单填写的内容", annotated(b"/Subtype /Widget /FT /Tx /T (a) /V " + M),
             Part.FORM_VALUE, visible=True),
        case("隐藏的表单域", annotated(b"/Subtype /Widget /FT /Tx /F 2 /V " + M), Part.FORM_VALUE),
        case("表单的默认值", annotated(b"/Subtype /Widget /FT /Tx /DV " + M), Part.FORM_VALUE),
        case("表单提示", annotated(b"/Subtype /Widget /FT /Tx /TU " + M), Part.FORM_VALUE),
        case("表单域的名称", annotated(b"/Subtype /Widget /FT /Tx /T " + M), Part.FORM_VALUE),
        case("表单的下拉选项", annotated(b"/Subtype /Widget /FT /Ch /Opt [[(1) " + M + b"]]"),
             Part.FORM_VALUE),
        case("表单的外观", annotated(b"/Subtype /Widget /FT /Tx /V (x) /AP << /N 7 0 R >>", b"",
                                look(CODES)), Part.FORM_VALUE, visible=True),
        case("按钮上的文字", annotated(b"/Subtype /Widget /FT /Btn /MK << /CA " + M + b" >>"),
             Part.FORM_VALUE, visible=True),
        case("继承的表单值", annotated(b"/Subtype /Widget /Parent 7 0 R", b"",
                                 b"<< /FT /Tx /T (a) /V " + M + b" >>"), Part.FORM_VALUE,
             visible=True),
        case("不在页面上的表单域", plain(b"/AcroForm << /Fields [<< /FT /Tx /T (b) /V " + M
                                + b" >>] >>"), Part.FORM_VALUE),
        case("XFA 表单数据", plain(b"/AcroForm << /XFA [(datasets) 6 0 R] >>",
                              stream(f"<data><n>{MARKER}</n></data>".encode())), Part.FORM_VALUE),
        case("签名人", annotated(b"/Subtype /Widget /FT /Sig /V << /Type /Sig /Name " + M + b" >>"),
             Part.FORM_VALUE),
        case("签名原因", annotated(b"/Subtype /Widget /FT /Sig /V << /Reason " + M + b" >>"),
             Part.FORM_VALUE),
        case("链接地址", annotated(b"/Subtype /Link /A << /S /URI /URI " + M + b" >>"), Part.LINK),
        case("链接到其他文件", annotated(b"/Subtype /Link /A << /S /GoToR /F " + M + b" >>"),
             Part.LINK),
        case("链接启动程序", annotated(b"/Subtype /Link /A << /S /Launch /F (a) /Win << /F (a) /P "
                                 + M + b" >> >>"), Part.LINK),
        case("提交表单的地址", annotated(b"/Subtype /Widget /FT /Btn /A << /S /SubmitForm /F"
                                  b" << /FS /URL /F " + M + b" >> >>"), Part.LINK),
        case("链接到命名位置", annotated(b"/Subtype /Link /Dest " + M), Part.LINK),
        case("命名位置", plain(b"/Names << /Dests << /Names [" + M + b" [9 0 R /Fit]] >> >>"),
             Part.OUTLINE),
        case("书签", plain(b"/Outlines << /First << /Title " + M + b" >> >>"), Part.OUTLINE,
             visible=True),
        case("书签的链接", plain(b"/Outlines << /First << /Title (x) /A << /S /URI /URI " + M
                            + b" >> >> >>"), Part.LINK),
        case("链接的共同开头", plain(b"/URI << /Base " + M + b" >>"), Part.LINK),
        case("打开时的脚本", plain(b"/OpenAction " + JS), Part.SCRIPT),
        case("文档事件的脚本", plain(b"/AA << /WC " + JS + b" >>"), Part.SCRIPT),
        case("文档脚本", plain(b"/Names << /JavaScript << /Names [(a) " + JS + b"] >> >>"),
             Part.SCRIPT),
        case("表单域的脚本", annotated(b"/Subtype /Widget /FT /Tx /AA << /F " + JS + b" >>"),
             Part.SCRIPT),
        case("存为流的脚本", plain(b"/OpenAction << /S /JavaScript /JS 6 0 R >>",
                              stream(MARKER.encode())), Part.SCRIPT),
        case("没有引用的脚本", plain(b"", JS), Part.SCRIPT),
        case("替代文字", plain(b"/StructTreeRoot << /K << /S /Figure /Alt " + M + b" >> >>"),
             Part.ALT_TEXT),
        case("结构的替换文字", plain(b"/StructTreeRoot << /K << /S /Span /ActualText " + M
                              + b" >> >>"), Part.ALT_TEXT),
        case("缩写的全称", plain(b"/StructTreeRoot << /K << /S /Span /E " + M + b" >> >>"),
             Part.ALT_TEXT),
        case("图层名称", plain(b"/OCProperties << /OCGs [6 0 R] /D << >> >>",
                           b"<< /Type /OCG /Name " + M + b" >>"), Part.LAYER),
        case("页码前缀", plain(b"/PageLabels << /Nums [0 << /P " + M + b" >>] >>"), Part.METADATA),
        case("文章的说明", plain(b"/Threads [<< /I << /Title " + M + b" >> >>]"), Part.METADATA),
        case("制作程序自己的数据", plain(b"/PieceInfo << /Tool << /Private << /X [" + M
                                + b"] >> >> >>"), Part.METADATA),
        case("元数据（XMP）", plain(b"/Metadata 6 0 R", stream(
            f"<x><author>{MARKER}</author></x>".encode(), "/Type /Metadata /Subtype /XML")),
             Part.METADATA),
        case("对象的元数据（XMP）", plain(b"", stream(
            f"<x><author>{MARKER}</author></x>".encode(), "/Type /Metadata /Subtype /XML")),
             Part.METADATA),
        case("已删除但留在文件里的页", plain(
            b"", b"<< /Type /Page /MediaBox [0 0 595 842] /Contents 7 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>", stream(show(MARKER))),
             Part.REVISION_HISTORY),
    ],
)  # fmt: skip
def test_a_marker_is_found_in_its_place(
    tmp_path: Path, data: bytes, part: Part, visible: bool
) -> None:
    segment = only(tmp_path, data)
    assert (segment.place.part, segment.visible) == (part, visible)
    if part in (Part.ANNOTATION, Part.FORM_VALUE) and segment.place.path is None:
        assert segment.place.page == 1
        assert segment.place.box == (72.0, 222.0, 200.0, 242.0)


@pytest.mark.place("pdf", "页面事件的脚本", visible=False)
def test_a_script_of_a_page(tmp_path: Path) -> None:
    data = one_page(
        show("正文"), entries=f"/MediaBox [0 0 595 842] /AA << /O << /JS ({'x' * 9}) >> >>"
    )
    segment = only(tmp_path, data, "x" * 9)
    assert (segment.place.part, segment.place.page) == (Part.SCRIPT, 1)


@pytest.mark.place("pdf", "文档属性", visible=False)
def test_properties(tmp_path: Path) -> None:
    pdf = Pdf([Page(show("正文"))])
    pdf.trailer = b"/Info " + pdf.add(b"<< /Author " + M + b" >>").encode()
    segment = only(tmp_path, pdf.build())
    assert (segment.place.part, segment.note, segment.visible) == (Part.METADATA, "作者", False)


@pytest.mark.place("pdf", "注释的作者、日期、状态和回复", visible=False)
def test_a_note_says_who_when_and_what_became_of_it(tmp_path: Path) -> None:
    entries = b"/Subtype /Text /M (D:20260305080000) /T " + AUTHOR + b" /Contents " + M
    entries += b" /State (Rejected) /StateModel (Review) /IRT << /Subtype /Text >>"
    segment = only(tmp_path, annotated(entries))
    assert segment.note == "便签，作者 韦青禾，2026-03-05，回复，已拒绝"


def test_an_unapplied_redaction_is_a_trouble_of_its_own(tmp_path: Path) -> None:
    reading = told(tmp_path, annotated(b"/Subtype /Redact /Contents " + M))
    (trouble,) = reading.troubles
    assert trouble.code is TroubleCode.BAD_REDACTION
    assert trouble.place == Place(Part.ANNOTATION, page=1)
    assert "没有执行" in trouble.text
    assert MARKER not in trouble.text


def test_media_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    reading = told(tmp_path, annotated(b"/Subtype /Screen"))
    assert [t.code for t in reading.troubles] == [TroubleCode.LEFT_OUT]
    assert reading.partial


def test_the_box_of_a_note_is_where_it_is_shown(tmp_path: Path) -> None:
    pdf = Pdf()
    body = b"<< /Type /Annot /Subtype /Text /Rect [72 600 200 620] /Contents " + M + b" >>"
    reference = pdf.add(body)
    entries = f"/MediaBox [0 0 595 842] /CropBox [50 50 550 800] /Annots [{reference}]"
    pdf.pages = [Page(show("正文"), entries)]
    assert only(tmp_path, pdf.build()).place.box == (22.0, 180.0, 150.0, 200.0)


def attached(name: str, data: bytes, catalog: bytes, more: bytes = b"") -> bytes:
    spec = b"<< /Type /Filespec /F (" + name.encode() + b") " + more + b" /EF << /F 7 0 R >> >>"
    return plain(catalog, spec, stream(data, "/Type /EmbeddedFile"))


INNER = f"{MARKER}\n".encode()
LISTED = b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>"


@pytest.mark.parametrize(
    ("data", "member"),
    [
        pytest.param(attached("list.txt", INNER, LISTED), "list.txt",
                     marks=pytest.mark.place("pdf", "附件", visible=False), id="listed"),
        pytest.param(attached("list.txt", INNER, b"/AF [6 0 R]"), "list.txt",
                     marks=pytest.mark.place("pdf", "关联文件", visible=False), id="associated"),
        pytest.param(attached("list.txt", INNER, b""), "list.txt",
                     marks=pytest.mark.place("pdf", "没有列出的附件", visible=False), id="loose"),
        pytest.param(annotated(b"/Subtype /FileAttachment /FS << /F (pin.txt)"
                               b" /EF << /F 7 0 R >> >>", b"", stream(INNER)), "pin.txt",
                     marks=pytest.mark.place("pdf", "文件附件注释里的文件", visible=False),
                     id="pinned"),
        pytest.param(attached("in.pdf", attached("list.txt", INNER, LISTED), LISTED),
                     "in.pdf/list.txt",
                     marks=pytest.mark.place("pdf", "附件里的附件", visible=False), id="nested"),
    ],
)  # fmt: skip
def test_a_file_inside_is_read_in_turn(tmp_path: Path, data: bytes, member: str) -> None:
    segment = only(tmp_path, data)
    assert (segment.place.member, segment.visible) == (member, False)


@pytest.mark.place("pdf", "附件的文件名", visible=False)
def test_the_name_of_a_file_inside(tmp_path: Path) -> None:
    segments = told(tmp_path, attached("secret-list.txt", b"x", LISTED)).segments
    places = [s.place.part for s in segments if s.text == "secret-list.txt"]
    assert places == [Part.ATTACHMENT, Part.NAME]


@pytest.mark.place("pdf", "附件的说明", visible=False)
def test_the_description_of_a_file_inside(tmp_path: Path) -> None:
    segment = only(tmp_path, attached("a.txt", b"x", LISTED, b"/Desc " + M))
    assert segment.place.part is Part.ATTACHMENT


@pytest.mark.place("pdf", "历史版本的正文", visible=False)
def test_an_earlier_version_of_a_page(tmp_path: Path) -> None:
    data = one_page(show(MARKER) + show("正文", 72, 600))
    segment = only(tmp_path, appended(data, {6: stream(show("正文", 72, 600))}))
    assert (segment.place.part, segment.visible) == (Part.REVISION_HISTORY, False)
    assert (segment.place.page, segment.place.path) == (1, "version 1")
    assert segment.note.startswith("第 1 次保存")


@pytest.mark.place("pdf", "历史版本的注释", visible=False)
def test_an_earlier_version_of_a_note(tmp_path: Path) -> None:
    data = annotated(b"/Subtype /Text /Contents " + M)
    segment = only(tmp_path, appended(data, {6: b"<< /Type /Annot /Subtype /Text >>"}))
    assert segment.place.part is Part.REVISION_HISTORY
    assert "注释" in segment.note


@pytest.mark.place("pdf", "历史版本的附件", visible=False)
def test_an_earlier_version_of_a_file_inside(tmp_path: Path) -> None:
    data = appended(attached("list.txt", INNER, LISTED), {7: stream(b"new words")})
    segment = only(tmp_path, data)
    assert (segment.place.part, segment.place.member) == (Part.REVISION_HISTORY, "list.txt")


def test_more_versions_than_are_read_are_told(tmp_path: Path) -> None:
    data = one_page(show("正文"))
    for _ in range(12):
        data = appended(data, {6: stream(show("正文"))})
    codes = [t.code for t in told(tmp_path, data).troubles]
    assert codes == [TroubleCode.LEFT_OUT]


CAMERA = "WEI QINGHE 450126"


def photo() -> bytes:
    """A JPEG whose camera has written a description."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CAMERA
    Image.new("RGB", (64, 48), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.place("pdf", "页面图片的照片信息", visible=False)
def test_camera_data_of_a_picture_on_a_page(tmp_path: Path, packed: bool) -> None:
    pdf = pikepdf.open(io.BytesIO(one_page(show("正文"))))
    image = pikepdf.Stream(pdf, photo())
    for key, value in {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 64,
        "/Height": 48, "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8,
    }.items():  # fmt: skip
        image[key] = value
    image.write(photo(), filter=pikepdf.Name.DCTDecode)
    pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=pdf.make_indirect(image))
    out = io.BytesIO()
    pdf.save(out, recompress_flate=packed)
    segment = only(tmp_path, out.getvalue(), CAMERA)
    assert (segment.place.part, segment.place.page, segment.visible) == (Part.EXIF, 1, False)


@pytest.mark.place("pdf", "表格的单元格", visible=True)
def test_a_cell_does_not_share_a_segment_with_its_neighbours(tmp_path: Path) -> None:
    rows = [("序号", "姓名", "密级"), ("1", "覃小满", "密级：秘密"), ("2", "韦青禾", "没有")]
    content = b"".join(
        show(text, 72 + 90 * column, 700 - 24 * row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    reading = told(tmp_path, one_page(show("名单", 72, 740) + content))
    segment = next(s for s in reading.segments if "密级：" in s.text)
    assert segment.text == "密级：秘密"
    place = segment.place
    assert (place.part, place.table, place.row, place.column) == (Part.TABLE, 1, 2, 3)
    assert segment.visible


def test_cells_close_to_each_other_are_told_by_the_rows_around(tmp_path: Path) -> None:
    content = b"".join(
        draw("450126199003074512", 72, 700 - 20 * row) + draw("0771-5550123", 198, 700 - 20 * row)
        for row in range(3)
    )
    texts = [s.text for s in told(tmp_path, one_page(content)).segments[1:]]
    assert texts == ["450126199003074512", "0771-5550123"] * 3


@pytest.mark.place("pdf", "分栏的正文", visible=True)
def test_two_columns_written_line_by_line_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"左栏第{n}行的文字一直写到栏边为止" for n in range(6)]
    right = [f"右栏第{n}行的文字一直写到栏边为止" for n in range(6)]
    content = b"".join(
        show(a, 72, 700 - 20 * n) + show(b, 320, 700 - 20 * n)
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    content = show("通栏的标题", 200, 740) + content + show("通栏的落款", 200, 560)
    texts = [s.text for s in told(tmp_path, one_page(content)).segments[1:]]
    assert texts == ["通栏的标题", *left, *right, "通栏的落款"]


def test_signs_written_one_by_one_are_one_line(tmp_path: Path) -> None:
    """As Qt writes: pdfium ends a line after each sign where the text is scaled."""
    signs = b"".join(draw(sign, 72 + 6.7 * n, 700) for n, sign in enumerate("450126199003074512"))
    reading = told(tmp_path, one_page(signs))
    assert [s.text for s in reading.segments[1:]] == ["450126199003074512"]


@pytest.mark.parametrize("name", [b"/ActualText", b"/Actual#54ext"])
@pytest.mark.place("pdf", "内容里的替换文字", visible=False)
def test_a_replacement_text_does_not_hide_what_is_drawn(tmp_path: Path, name: bytes) -> None:
    """pdfium gives the replacement only: what is drawn must be read all the same."""
    marked = b"/Span << " + name + b" " + M + b" >> BDC " + draw(CAMERA) + b"EMC "
    data = one_page(marked + show("正文", 72, 600))
    segment = only(tmp_path, data)
    assert (segment.place.part, segment.place.page, segment.visible) == (Part.ALT_TEXT, 1, False)
    drawn = only(tmp_path, data, CAMERA)
    assert (drawn.place.part, drawn.visible) == (Part.BODY, True)
    boxes = formats.pdf.boxes(tmp_path / "文件.pdf", 1)
    assert [b.paragraph for b in boxes] == [1, 2]
    assert len(boxes[0].boxes) == len(CAMERA)


@pytest.mark.place("pdf", "表单对象里的替换文字", visible=False)
def test_a_replacement_text_in_a_form(tmp_path: Path) -> None:
    pdf = Pdf()
    marked = b"/Span << /ActualText " + M + b" >> BDC " + draw(CAMERA) + b"EMC "
    form = pdf.stream(
        marked,
        f"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << {LATIN} >> >>",
    )
    pdf.pages = [Page(show("正文", 72, 600) + b"/Fm Do", resources=f"/XObject << /Fm {form} >>")]
    data = pdf.build()
    assert only(tmp_path, data).place.part is Part.ALT_TEXT
    assert only(tmp_path, data, CAMERA).visible
