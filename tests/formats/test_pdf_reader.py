"""Each place of a PDF that can hold text: found, told apart, and seen or not seen."""

import io
import math

import pikepdf
import pytest

from formats.budget import Budget, Limits
from formats.pdf import read
from formats.pdf.document import Box, Frame, opened, page_of
from formats.pdf.pages import ranges
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from tests.build.pdf import Page, Pdf, appended, one_page, show, stream, text_string

MARKER = "覃小满四五一二二六"
BLACK_BOX = b"0 0 0 rg 70 695 130 20 re f\n"
IMAGE = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"
IMAGE += " /BitsPerComponent 8"


def reading(data: bytes, limits: Limits | None = None) -> Reading:
    return read(io.BytesIO(data), Budget(limits), Kind.PDF)


def only(data: bytes, marker: str = MARKER) -> Segment:
    hits = [s for s in reading(data).segments if marker in s.text]
    assert len(hits) == 1, [s.place for s in hits]
    return hits[0]


def seen(data: bytes) -> tuple[Part, bool]:
    segment = only(data)
    return segment.place.part, segment.visible


def test_lines_have_page_number_and_box() -> None:
    content = show("第一行", 72, 700) + show(MARKER, 72, 680)
    data = Pdf([Page(show("封面")), Page(content)]).build()
    told = reading(data)
    assert (told.pages, told.troubles, told.partial) == (2, (), False)
    segment = only(data)
    assert (segment.place.page, segment.place.paragraph) == (2, 2)
    box = segment.place.box
    assert box is not None
    left, top, right, bottom = box
    assert left == pytest.approx(72, abs=1)
    assert right == pytest.approx(72 + 12 * len(MARKER), abs=2)
    assert top < 842 - 680 < bottom


def test_each_of_very_many_lines_has_its_own_box() -> None:
    content = b"".join(show("甲乙", 20 + at % 10 * 50, 830 - at // 10 * 4, 3) for at in range(2000))
    boxes = [s.place.box for s in reading(one_page(content)).segments]
    corners = {(round(box[0]), round(box[1])) for box in boxes if box is not None}
    assert len(boxes) == len(corners) == 2000


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_turned_page(rotation: int) -> None:
    entries = f"/MediaBox [0 0 595 842] /CropBox [50 100 500 800] /Rotate {rotation}"
    box = only(one_page(show(MARKER, 60, 780), entries=entries)).place.box
    assert box is not None
    long_side, short_side = 12 * len(MARKER), 14
    width, height = box[2] - box[0], box[3] - box[1]
    across = rotation in {0, 180}
    assert (width if across else height) == pytest.approx(long_side, abs=3)
    assert (height if across else width) == pytest.approx(short_side, abs=3)
    # The text stands 10 points from the crop box's left edge and 20 under its top.
    near = {0: box[0], 90: box[1], 180: 450 - box[2], 270: 450 - box[3]}[rotation]
    assert near == pytest.approx(10, abs=1)


def test_rare_characters_count_as_one() -> None:
    assert only(one_page(show("姓名𬭎镕")), "镕").text == "姓名𬭎镕"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (show(MARKER, more="3 Tr"), Part.INVISIBLE_TEXT),
        (show(MARKER, more="1 1 1 rg"), Part.INVISIBLE_TEXT),
        (show(MARKER, more="1 g"), Part.INVISIBLE_TEXT),
        (show(MARKER, size=0.8), Part.INVISIBLE_TEXT),
        (b"0.01 0 0 0.01 0 0 cm " + show(MARKER, 7200, 70000, 12), Part.INVISIBLE_TEXT),
        (show(MARKER, -400, 700), Part.OFF_PAGE),
        (show(MARKER, 72, 900), Part.OFF_PAGE),
        (show(MARKER) + BLACK_BOX, Part.COVERED_TEXT),
        (show(MARKER) + b"1 1 1 rg 70 695 130 20 re f\n", Part.COVERED_TEXT),
        (show(MARKER) + b"14 w 70 704 m 200 704 l S\n", Part.COVERED_TEXT),
        (BLACK_BOX + show(MARKER), Part.INVISIBLE_TEXT),
    ],
)
def test_text_that_is_not_seen(content: bytes, part: Part) -> None:
    assert seen(one_page(show("正文") + content)) == (part, False)


@pytest.mark.parametrize(
    "content",
    [
        show(MARKER),
        b"0.9 0.9 0.5 rg 70 695 130 20 re f\n" + show(MARKER, more="0 g"),
        BLACK_BOX + show(MARKER, more="1 1 1 rg"),
        show(MARKER) + b"0 0 0 RG 70 695 130 20 re S\n",
        show(MARKER) + b"0 0 0 rg 70 697 130 1 re f\n",
        show(MARKER) + b"/Half gs 1 1 0 rg 70 695 130 20 re f\n",
        show(MARKER) + b"0 0 0 rg 70 395 130 20 re f\n",
        b"12 0 0 12 0 0 cm " + show(MARKER, 6, 60, 1),
    ],
)
def test_text_that_is_seen(content: bytes) -> None:
    half = "/ExtGState << /Half << /ca 0.5 >> >>"
    assert seen(one_page(content, resources=half)) == (Part.BODY, True)


def test_a_line_is_cut_where_the_box_covers_it() -> None:
    line = show("身份证号450126199003074512有效", 72, 700)
    box = b"0 0 0 rg 120 695 216 20 re f\n"
    told = [(s.text, s.place.part) for s in reading(one_page(line + box)).segments]
    assert told == [
        ("身份证号", Part.BODY), ("450126199003074512", Part.COVERED_TEXT), ("有效", Part.BODY),
    ]  # fmt: skip


def test_a_picture_hides_and_a_seal_does_not() -> None:
    pdf = Pdf()
    image = pdf.stream(b"\x80\x80\x80\x80", IMAGE)
    mask = pdf.stream(b"\x00\x00\x00\x00", IMAGE)
    seal = pdf.stream(b"\xff\x00\x00\xff", f"{IMAGE} /SMask {mask}")
    placed = b"q 130 0 0 20 70 695 cm /Im Do Q\n"
    for reference, expected in ((image, Part.COVERED_TEXT), (seal, Part.BODY)):
        pdf.pages = [Page(show(MARKER) + placed, resources=f"/XObject << /Im {reference} >>")]
        assert seen(pdf.build())[0] is expected


def test_text_in_a_form_is_judged_in_its_place() -> None:
    pdf = Pdf()
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources"
    entries += " << /Font << /F1 3 0 R >> >>"
    form = pdf.stream(show(MARKER, 0, 0), entries)
    drawn = b"q 1 0 0 1 72 700 cm /Fm Do Q\n"
    for content, part in ((drawn, Part.BODY), (drawn + BLACK_BOX, Part.COVERED_TEXT)):
        pdf.pages = [Page(content, resources=f"/XObject << /Fm {form} >>")]
        assert seen(pdf.build())[0] is part


def test_layers_that_are_off() -> None:
    pdf = Pdf()
    layer = pdf.add(b"<< /Type /OCG /Name " + text_string("内部图层") + b" >>")
    content = b"/OC /L1 BDC " + show(MARKER) + b"EMC " + show("正文", 72, 600)
    pdf.pages = [Page(content, resources=f"/Properties << /L1 {layer} >>")]
    for off, part in ((f"/OFF [{layer}]", Part.LAYER), ("", Part.BODY)):
        pdf.catalog = f"/OCProperties << /OCGs [{layer}] /D << {off} >> >>".encode()
        data = pdf.build()
        assert seen(data)[0] is part
        assert only(data, "内部图层").place.part is Part.LAYER


def annotated(entries: bytes, catalog: bytes = b"") -> bytes:
    pdf = Pdf(catalog=catalog)
    note = pdf.add(b"<< /Type /Annot /Rect [72 600 200 620] " + entries + b" >>")
    pdf.pages = [Page(show("正文"), f"/MediaBox [0 0 595 842] /Annots [{note}]")]
    return pdf.build()


M = text_string(MARKER)


@pytest.mark.parametrize(
    ("data", "part", "visible"),
    [
        (annotated(b"/Subtype /Text /Contents " + M), Part.ANNOTATION, False),
        (annotated(b"/Subtype /FreeText /Contents " + M), Part.ANNOTATION, True),
        (annotated(b"/Subtype /FreeText /F 2 /Contents " + M), Part.ANNOTATION, False),
        (annotated(b"/Subtype /Link /A << /S /URI /URI " + M + b" >>"), Part.LINK, False),
        (annotated(b"/Subtype /Link /A << /S /Launch /F " + M + b" >>"), Part.LINK, False),
        (annotated(b"/Subtype /Widget /FT /Tx /T (a) /V " + M), Part.FORM_VALUE, True),
        (annotated(b"/Subtype /Widget /FT /Tx /T (a) /F 2 /V " + M), Part.FORM_VALUE, False),
        (annotated(b"/Subtype /Widget /FT /Tx /T (a) /AA << /F << /S /JavaScript /JS " + M
                   + b" >> >>"), Part.SCRIPT, False),
        (annotated(b"/Subtype /Text", b"/Outlines << /First << /Title " + M + b" >> >>"),
         Part.OUTLINE, True),
        (annotated(b"/Subtype /Text", b"/OpenAction << /S /JavaScript /JS " + M + b" >>"),
         Part.SCRIPT, False),
        (annotated(b"/Subtype /Text", b"/Names << /JavaScript << /Names [(a) << /S /JavaScript"
                   b" /JS " + M + b" >>] >> >>"), Part.SCRIPT, False),
        (annotated(b"/Subtype /Text", b"/StructTreeRoot << /K << /S /Figure /Alt " + M + b" >> >>"),
         Part.ALT_TEXT, False),
        (annotated(b"/Subtype /Text", b"/AcroForm << /Fields [<< /FT /Tx /T (b) /V " + M
                   + b" >>] >>"), Part.FORM_VALUE, False),
    ],
)  # fmt: skip
def test_what_lies_beside_the_text(data: bytes, part: Part, visible: bool) -> None:
    assert seen(data) == (part, visible)


def test_a_note_names_its_author_and_day() -> None:
    data = annotated(
        b"/Subtype /Text /M (D:20260305080000) /T " + text_string("韦青禾") + b" /Contents " + M
    )
    assert only(data).note == "便签，作者 韦青禾，2026-03-05"


def test_properties_without_the_names_of_tools() -> None:
    pdf = Pdf([Page(show("正文"))])
    info = pdf.add(b"<< /Author " + M + b" /Producer (LibreOffice) /Creator (Writer) >>")
    pdf.trailer = f"/Info {info}".encode()
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        "<dc:creator><rdf:Seq><rdf:li>莫新河</rdf:li></rdf:Seq></dc:creator>"
        "<xmp:CreatorTool>Writer</xmp:CreatorTool></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    packet = pdf.stream(xmp.encode(), "/Type /Metadata /Subtype /XML")
    pdf.catalog = f"/Metadata {packet}".encode()
    said = [(s.note, s.text) for s in reading(pdf.build()).segments if not s.visible]
    assert said == [("作者", MARKER), ("XMP creator", "莫新河")]


def test_an_attachment_is_read_in_turn() -> None:
    outer = pikepdf.open(io.BytesIO(one_page(show("正文"))))
    outer.attachments["名单.txt"] = f"{MARKER}\n".encode()
    outer.attachments["看不懂.bin"] = bytes(range(256))
    out = io.BytesIO()
    outer.save(out)
    told = reading(out.getvalue())
    hits = [s for s in told.segments if MARKER in s.text]
    assert [(s.place.member, s.visible) for s in hits] == [("名单.txt", False)]
    names = [s.text for s in told.segments if s.place.part is Part.ATTACHMENT]
    assert names == ["名单.txt", "看不懂.bin"]
    assert told.partial
    assert "看不懂.bin" in told.troubles[0].text


def test_an_earlier_version_is_found() -> None:
    data = one_page(show(MARKER) + show("正文", 72, 600))
    again = appended(data, {6: stream(show("正文", 72, 600))})
    assert seen(again) == (Part.REVISION_HISTORY, False)
    assert "第 1 次保存" in only(again).note


def test_a_scanned_page_needs_a_person() -> None:
    pdf = Pdf()
    image = pdf.stream(b"\x80\x80\x80\x80", IMAGE)
    scan = Page(b"q 595 0 0 842 0 0 cm /Im Do Q", resources=f"/XObject << /Im {image} >>")
    pdf.pages = [Page(show("封面")), scan, scan, Page()]
    told = reading(pdf.build())
    assert (told.partial, told.image_pages) == (True, (2, 3))
    assert [(t.code, t.text) for t in told.troubles] == [
        (TroubleCode.NEEDS_OCR, "第 2-3 页是扫描图片，程序没有文字可查，请逐页查看。")
    ]


def test_a_text_layer_under_a_scan_does_not_stand_for_the_picture() -> None:
    pdf = Pdf()
    image = pdf.stream(b"\x80\x80\x80\x80", IMAGE)
    content = show(MARKER, more="3 Tr") + b"q 595 0 0 842 0 0 cm /Im Do Q"
    pdf.pages = [Page(content, resources=f"/XObject << /Im {image} >>")]
    told = reading(pdf.build())
    assert told.image_pages == (1,)
    assert [s.visible for s in told.segments] == [False]


def test_a_picture_on_a_page_of_text_is_told() -> None:
    pdf = Pdf()
    image = pdf.stream(b"\x80\x80\x80\x80", IMAGE)
    for size, partial in ((200, True), (20, False)):
        placed = f"q {size} 0 0 {size} 100 300 cm /Im Do Q".encode()
        pdf.pages = [Page(show("正文") + placed, resources=f"/XObject << /Im {image} >>")]
        told = reading(pdf.build())
        assert (told.partial, told.image_pages) == (partial, ())


def test_encrypted_damaged_and_endless_files_are_refused() -> None:
    plain = one_page(show("正文"))
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable) as caught:
        reading(locked.getvalue())
    assert caught.value.code is TroubleCode.ENCRYPTED
    for junk in (b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 500, plain[:60]):
        with pytest.raises(Unreadable) as caught:
            reading(junk)
        assert caught.value.code is TroubleCode.DAMAGED
    with pytest.raises(Unreadable) as caught:
        reading(Pdf([Page(show("甲"))] * 5).build(), Limits(pages=4))
    assert caught.value.code is TroubleCode.TOO_BIG


def test_a_file_that_may_be_opened_but_not_copied_is_read() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page(show(MARKER)))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    assert only(out.getvalue()).visible


def test_rings_end() -> None:
    ring = b"/Outlines << /First 6 0 R >> /AcroForm << /Fields [7 0 R] >>"
    pdf = Pdf([Page(show("正文"))], catalog=ring)
    pdf.add(b"<< /Title " + M + b" /Next 6 0 R /First 6 0 R >>")
    pdf.add(b"<< /Kids [7 0 R] /Parent 7 0 R /FT /Tx >>")
    assert seen(pdf.build()) == (Part.OUTLINE, True)


def test_page_numbers_are_told_briefly() -> None:
    assert ranges([1, 2, 3, 5, 7, 8]) == "1-3、5、7-8"


def test_lines_painted_out_of_order_are_read_from_the_top() -> None:
    content = show("第二行", 72, 680) + show("第三行", 72, 660) + show("标题", 200, 720, 20)
    texts = [s.text for s in reading(one_page(content)).segments]
    assert texts == ["标题", "第二行", "第三行"]


def test_a_narrow_gap_parts_cells_only_where_a_neighbour_has_it_too() -> None:
    """First, last and lonely lines have fewer neighbours, and never themselves."""

    def pair(y: int) -> bytes:
        return show("甲乙", y=y) + show("丙丁", x=102, y=y)

    def texts(content: bytes) -> list[str]:
        return [s.text for s in reading(one_page(content)).segments]

    one = show("戊己庚辛壬", y=680)
    assert texts(pair(700) + one) == ["甲乙 丙丁", "戊己庚辛壬"]
    assert texts(one + pair(660)) == ["戊己庚辛壬", "甲乙 丙丁"]
    assert texts(pair(700) + one + pair(660)) == ["甲乙 丙丁", "戊己庚辛壬", "甲乙 丙丁"]
    assert texts(pair(700)) == ["甲乙 丙丁"]
    assert texts(pair(700) + pair(680)) == ["甲乙", "丙丁"] * 2


def test_columns_keep_the_order_they_were_written_in() -> None:
    content = b"".join(
        show(f"{column}{line}", x, 700 - 30 * line)
        for column, x in (("左", 72), ("右", 320))
        for line in range(1, 4)
    )
    texts = [s.text for s in reading(one_page(content)).segments]
    assert texts == ["左1", "左2", "左3", "右1", "右2", "右3"]


@pytest.mark.parametrize("odd", [(), ((math.inf, 0.0, 1.0, -1e30),), ((0.0, math.nan, 1.0, 2.0),)])
def test_boxes_are_shown_together_as_each_alone_even_where_they_are_nowhere(
    odd: tuple[Box, ...],
) -> None:
    boxes = [(60.006, 700.125, 72.005, 711.995), (-3.0, -0.004, 0.0, 900.0), *odd]
    with opened(one_page(show(MARKER))) as document, page_of(document, 1) as page:
        frame = Frame(page)
    assert repr(frame.all_shown(boxes)) == repr([frame.shown(*box) for box in boxes])
