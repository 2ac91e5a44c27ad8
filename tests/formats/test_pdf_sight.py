"""What the reader calls visible leaves ink on the drawn page, and what it calls unseen leaves none.

The drawing is pdfium's own: the page with the marker's text against the page without it.
"""

import io
from typing import Any

import pypdfium2
import pytest

from formats.budget import Budget
from formats.pdf import read
from formats.pdf.harmless import is_plain
from formats.reading import Kind, Part, Segment, TroubleCode
from tests.build.pdf import LATIN, Page, Pdf, draw

MARKER = "WEI QINGHE 450126"
MARK = draw(MARKER)
WIDE = b"70 695 130 20 re f\n"
IMAGE = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"
IMAGE += " /BitsPerComponent 8"
FORM = f"/Type /XObject /Subtype /Form /Resources << /Font << {LATIN} >> >>"
CIRCLE = (
    b"135 735 m 180 735 220 720 220 705 c 220 690 180 675 135 675 c"
    b" 90 675 50 690 50 705 c 50 720 90 735 135 735 c f\n"
)


def built(content: bytes, **more: Any) -> bytes:
    """A page with every resource a case may ask for."""
    pdf = Pdf()
    grey = pdf.stream(b"\x80" * 4, IMAGE)
    black = pdf.stream(b"\x00" * 4, IMAGE)
    white = pdf.stream(b"\xff" * 4, IMAGE)
    mask = pdf.stream(b"\x00" * 4, IMAGE)
    seal = pdf.stream(b"\x00" * 4, f"{IMAGE} /SMask {mask}")
    off = pdf.add(b"<< /Type /OCG /Name (Internal) >>")
    on = pdf.add(b"<< /Type /OCG /Name (Shown) >>")
    same = pdf.add(b"<< /Type /OCG /Name (Twice) >>")
    twin = pdf.add(b"<< /Type /OCG /Name (Twice) >>")
    group = pdf.add(f"<< /Type /OCMD /OCGs [{off}] /P /AllOn >>".encode())
    shown_group = pdf.add(f"<< /Type /OCMD /OCGs [{off} {on}] /P /AnyOn >>".encode())
    form = pdf.stream(MARK, f"{FORM} /BBox [0 0 600 900]")
    cut = pdf.stream(MARK, f"{FORM} /BBox [0 0 60 900]")
    layered = pdf.stream(MARK, f"{FORM} /BBox [0 0 600 900] /OC {off}")
    dark = pdf.stream(
        b"0 g 0 0 600 900 re f",
        f"{FORM} /BBox [0 0 600 900] /Group << /S /Transparency /CS /DeviceGray >>",
    )
    images = f"/Grey {grey} /Black {black} /White {white} /Seal {seal} /Form {form} /Cut {cut}"
    pdf.pages = [
        Page(
            draw("PLAIN TEXT", 72, 100) + content,
            more.pop("entries", "/MediaBox [0 0 595 842] /CropBox [20 20 575 822]"),
            f"/XObject << {images} /Layered {layered} >>"
            f" /Properties << /Off {off} /On {on} /Group {group} /ShownGroup {shown_group}"
            f" /Same {same} /Twin {twin} >>"
            f" /ExtGState << /Half << /ca 0.5 >> /None << /ca 0 >>"
            f" /Mask << /SMask << /S /Luminosity /G {dark} >> >>"
            " /Multiply << /BM /Multiply >> >>"
            " /Shading << /Sh << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 595 0]"
            " /Extend [true true]"
            " /Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [0] /N 1 >> >> >>",
        )
    ]
    names = f"/OCProperties << /OCGs [{off} {on} {same} {twin}] /D << /OFF [{off} {same}] >> >>"
    pdf.catalog = names.encode()
    return pdf.build()


def picture(data: bytes) -> bytes:
    with pypdfium2.PdfDocument(data) as document:
        return bytes(document[0].render(scale=2, grayscale=True).buffer)


def found(data: bytes) -> Segment:
    segments = read(io.BytesIO(data), Budget(), Kind.PDF).segments
    hits = [s for s in segments if MARKER in s.text]
    assert len(hits) == 1, [(s.place.part, s.text) for s in segments]
    return hits[0]


def case(name: str, content: bytes, part: Part, *, visible: bool) -> Any:
    return pytest.param(
        content, part, visible, marks=pytest.mark.place("pdf", name, visible=visible), id=name
    )


PLACED = b"q 130 0 0 20 70 695 cm /%s Do Q\n"
GROUND, COVER = Part.INVISIBLE_TEXT, Part.COVERED_TEXT
TO_WHITE = draw(MARKER, more="1 g")


HEADED = b"q 50 760 400 40 re W* n " + draw("HEADER", 60, 770) + b"Q\n"


@pytest.mark.parametrize(
    ("content", "part", "visible"),
    [
        case("正文", MARK, Part.BODY, visible=True),
        case("不着墨的文字（模式 3）", draw(MARKER, more="3 Tr"), GROUND, visible=False),
        case("白色文字", TO_WHITE, GROUND, visible=False),
        case("深色底上的白字", b"0 g " + WIDE + TO_WHITE, Part.BODY, visible=True),
        case("图片上的白字", PLACED % b"Black" + TO_WHITE, Part.BODY, visible=True),
        case("白色图片上的白字", PLACED % b"White" + TO_WHITE, GROUND, visible=False),
        case("渐变底上的白字", b"q 70 695 130 20 re W n /Sh sh Q " + TO_WHITE, Part.BODY,
             visible=True),
        case("与底色相同的文字", b"0.4 g " + WIDE + draw(MARKER, more="0.4 g"), GROUND,
             visible=False),
        case("全透明的文字", draw(MARKER, more="/None gs"), GROUND, visible=False),
        case("半透明的文字", draw(MARKER, more="/Half gs"), Part.BODY, visible=True),
        case("蒙版遮去的文字", draw(MARKER, more="/Mask gs"), GROUND, visible=False),
        case("剪切路径以外的文字", b"q 300 0 100 100 re W n " + MARK + b"Q\n", GROUND,
             visible=False),
        case("剪切路径以内的文字", b"q 50 600 300 200 re W n " + MARK + b"Q\n", Part.BODY,
             visible=True),
        case("页眉的剪切框收回以后的文字", HEADED + MARK, Part.BODY, visible=True),
        case("页眉的剪切框里写到框外的文字", HEADED.replace(b"Q\nQ", b"Q\n" + MARK + b"Q"), GROUND,
             visible=False),
        case("许多剪切框里只有一个在框外的文字", HEADED * 9 + b"q 300 0 100 100 re W n " + MARK
             + b"Q\n" + HEADED, GROUND, visible=False),
        case("不规则剪切路径以外的文字", b"q 300 0 m 400 0 l 350 90 l h W n " + MARK + b"Q\n",
             GROUND, visible=False),
        case("表单对象里的文字", b"/Form Do\n", Part.BODY, visible=True),
        case("表单对象边框以外的文字", b"/Cut Do\n", GROUND, visible=False),
        case("裁切框以外的文字", draw(MARKER, 72, 830, 6), Part.OFF_PAGE, visible=False),
        case("纸张以外的文字", draw(MARKER, -300, 700), Part.OFF_PAGE, visible=False),
        case("黑框盖住的文字", MARK + b"0 g " + WIDE, COVER, visible=False),
        case("白框盖住的文字", MARK + b"1 g " + WIDE, COVER, visible=False),
        case("粗线盖住的文字", MARK + b"20 w 60 704 m 220 704 l S\n", COVER, visible=False),
        case("圆形盖住的文字", MARK + b"0.2 g " + CIRCLE, COVER, visible=False),
        case("斜放的框盖住的文字", MARK + b"q 0.99 0.14 -0.14 0.99 100 -15 cm 0.3 g"
             b" 60 670 200 60 re f Q\n", COVER, visible=False),
        case("斜放的框旁边的文字", MARK + b"q 0.7 0.7 -0.7 0.7 0 0 cm 0.3 g"
             b" 480 300 200 25 re f Q\n", Part.BODY, visible=True),
        case("渐变盖住的文字", MARK + b"q 60 690 180 30 re W n /Sh sh Q\n", COVER, visible=False),
        case("图片盖住的文字", MARK + PLACED % b"Grey", COVER, visible=False),
        case("透明底的印章下的文字", MARK + PLACED % b"Seal", Part.BODY, visible=True),
        case("剪小的图片旁边的文字", MARK + b"q 70 600 20 20 re W n 200 0 0 200 60 590 cm /Grey Do"
             b" Q\n", Part.BODY, visible=True),
        case("半透明框下的文字", MARK + b"q /Half gs 1 1 0 rg " + WIDE + b"Q\n", Part.BODY,
             visible=True),
        case("荧光笔下的文字", MARK + b"q /Multiply gs 1 1 0 rg " + WIDE + b"Q\n", Part.BODY,
             visible=True),
        case("空心框里的文字", MARK + b"0 G 65 690 150 25 re S\n", Part.BODY, visible=True),
        case("关闭的图层", b"/OC /Off BDC " + MARK + b"EMC\n", Part.LAYER, visible=False),
        case("打开的图层", b"/OC /On BDC " + MARK + b"EMC\n", Part.BODY, visible=True),
        case("图层组（关闭）", b"/OC /Group BDC " + MARK + b"EMC\n", Part.LAYER, visible=False),
        case("图层组（打开）", b"/OC /ShownGroup BDC " + MARK + b"EMC\n", Part.BODY, visible=True),
        case("同名图层中关闭的", b"/OC /Same BDC " + MARK + b"EMC\n", Part.LAYER, visible=False),
        case("同名图层中打开的", b"/OC /Twin BDC " + MARK + b"EMC\n", Part.BODY, visible=True),
        case("带图层的表单对象", b"/Layered Do\n", Part.LAYER, visible=False),
    ],
)  # fmt: skip
def test_what_is_called_visible_is_drawn(content: bytes, part: Part, visible: bool) -> None:
    data = built(content)
    segment = found(data)
    assert (segment.place.part, segment.visible, segment.place.page) == (part, visible, 1)
    without = built(content.replace(MARKER.encode(), b" " * len(MARKER)))
    if b" Do" in content:  # the marker may stand in a form
        without = data.replace(MARKER.encode(), b" " * len(MARKER))
    assert (picture(data) != picture(without)) is visible


def test_a_box_over_text_is_a_trouble_of_its_own() -> None:
    told = read(io.BytesIO(built(MARK + b"0 g " + WIDE)), Budget(), Kind.PDF)
    (trouble,) = [t for t in told.troubles if t.code is TroubleCode.BAD_REDACTION]
    assert trouble.place is not None
    assert trouble.place.page == 1
    assert "第 1 页" in trouble.text
    assert MARKER not in trouble.text
    assert trouble.text.endswith("重新导出后再放入。")
    assert told.partial
    for harmless in (MARK, b"0.8 g " + WIDE + MARK, draw(MARKER, more="3 Tr")):
        told = read(io.BytesIO(built(harmless)), Budget(), Kind.PDF)
        assert TroubleCode.BAD_REDACTION not in {t.code for t in told.troubles}


def test_new_text_over_a_box_does_not_show_the_old() -> None:
    content = MARK + b"1 g " + WIDE + draw("OTHER WORDS HERE", more="0 g")
    told = read(io.BytesIO(built(content)), Budget(), Kind.PDF).segments
    seen = {s.text: s.visible for s in told if s.place.page == 1}
    assert seen == {MARKER: False, "OTHER WORDS HERE": True, "PLAIN TEXT": True}


@pytest.mark.place("pdf", "小得看不清的文字", visible=False)
def test_type_too_small_to_be_read_leaves_specks_only() -> None:
    segment = found(built(draw(MARKER, size=0.8)))
    assert (segment.place.part, segment.visible) == (Part.INVISIBLE_TEXT, False)


def noted(kind: str, look: bytes, text: str = MARKER) -> bytes:
    """Text under an annotation that looks so."""
    pdf = Pdf()
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 150 30]"
    form = pdf.stream(look, f"{entries} /Resources << /ExtGState << /M << /BM /Multiply >> >> >>")
    place = "/Rect [65 690 215 720] /F 4"
    note = pdf.add(f"<< /Type /Annot /Subtype /{kind} {place} /AP << /N {form} >> >>".encode())
    pdf.pages = [Page(draw(text), f"/MediaBox [0 0 595 842] /Annots [{note}]")]
    return pdf.build()


BLACK = b"0 g 0 0 150 30 re f"


@pytest.mark.parametrize(
    ("kind", "look", "part", "visible"),
    [
        pytest.param("Square", BLACK, COVER, False, id="square",
                     marks=pytest.mark.place("pdf", "方框注释盖住的文字", visible=False)),
        pytest.param("Stamp", BLACK, COVER, False, id="stamp",
                     marks=pytest.mark.place("pdf", "图章盖住的文字", visible=False)),
        pytest.param("Stamp", b"1 0 0 RG 2 w 1 1 148 28 re S", Part.BODY, True, id="seal",
                     marks=pytest.mark.place("pdf", "空心图章下的文字", visible=True)),
        pytest.param("Highlight", b"/M gs 1 1 0 rg 0 0 150 30 re f", Part.BODY, True,
                     id="highlight",
                     marks=pytest.mark.place("pdf", "高亮注释下的文字", visible=True)),
    ],
)  # fmt: skip
def test_text_under_an_annotation(kind: str, look: bytes, part: Part, visible: bool) -> None:
    data = noted(kind, look)
    segment = found(data)
    assert (segment.place.part, segment.visible) == (part, visible)
    assert (picture(data) != picture(noted(kind, look, " "))) is visible
    codes = {t.code for t in read(io.BytesIO(data), Budget(), Kind.PDF).troubles}
    assert (TroubleCode.BAD_REDACTION in codes) is not visible


@pytest.mark.parametrize(("bottom", "visible"), [(680, True), (600, False)])
def test_text_beside_a_clip_is_told_in_the_plainest_content(bottom: int, visible: bool) -> None:
    """As Calc writes its headers: nothing but a clip to look at, which may hide what it says."""
    words = f"BT\n72 700 Td /F2 12 Tf<{MARKER.encode().hex()}>Tj\nET\n"
    first = "BT\n72 760 Td /F2 12 Tf<4142>Tj\nET\n"
    content = f"q 0 0 595 842 re\nW* n\n{first}Q q 50 {bottom} 300 40 re\nW* n\n{words}Q\n"
    assert is_plain(content.encode())
    data = Pdf([Page(content.encode())]).build()
    assert found(data).visible is visible
