"""Pages that are pictures: recognised, with a text layer of their own, or painted over."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

import formats
from formats.budget import Budget, Limits
from formats.reading import Part, Reading, TroubleCode
from tests.build.pdf import draw, one_page, show

WORDS = "WEI QINGHE 450126"
PAINTED = (60, 128, 260, 148)
"""Where the words stand on the page, in points from the top left."""


def scan(*, painted: tuple[int, int, int] | None = None, size: int = 2) -> Image.Image:
    """A page drawn at `size` pixels a point, with two lines of writing; one may be painted over."""
    import pypdfium2

    content = draw(WORDS, 72, 700) + draw("VILLAGE NOTICE", 72, 600)
    with pypdfium2.PdfDocument(one_page(content)) as document:
        image: Image.Image = document[0].render(scale=size).to_pil().convert("RGB")
    if painted is not None:
        box = tuple(size * edge for edge in PAINTED)
        ImageDraw.Draw(image).rectangle(box, fill=painted)
    return image


def with_picture(
    picture: Image.Image, content: bytes, box: tuple[int, int, int, int] = (0, 0, 595, 842)
) -> bytes:
    """A page with a picture (left, bottom, width, height) and then the content."""
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=90)
    pdf = pikepdf.open(io.BytesIO(one_page(b"")))
    image = pikepdf.Stream(pdf, b"")
    image.write(packed.getvalue(), filter=pikepdf.Name.DCTDecode)
    image["/Type"], image["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    image["/Width"], image["/Height"] = picture.size
    image["/ColorSpace"], image["/BitsPerComponent"] = pikepdf.Name.DeviceRGB, 8
    page = pdf.pages[0].obj
    page["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=pdf.make_indirect(image))
    left, bottom, width, height = box
    placed = f"q {width} 0 0 {height} {left} {bottom} cm /Im Do Q\n".encode()
    page["/Contents"] = pdf.make_stream(placed + content)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def told(folder: Path, data: bytes, limits: Limits | None = None) -> Reading:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return formats.read(path, Budget(limits))


LAYER = draw(WORDS, 72, 700, more="3 Tr") + draw("VILLAGE NOTICE", 72, 600, more="3 Tr")


@pytest.mark.place("pdf", "扫描件的文字层", visible=True)
def test_the_text_layer_of_a_scan_stands_for_the_picture(tmp_path: Path) -> None:
    reading = told(tmp_path, with_picture(scan(), LAYER))
    segment = next(s for s in reading.segments if WORDS in s.text)
    assert (segment.place.part, segment.visible) == (Part.BODY, True)
    assert segment.certainty < 1
    assert "扫描图片" in segment.note
    assert reading.image_pages == (1,)
    assert [t.code for t in reading.troubles] == [TroubleCode.NEEDS_OCR]


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0)])
@pytest.mark.place("pdf", "图片已涂掉的文字层", visible=False)
def test_a_text_layer_whose_picture_was_painted_over(
    tmp_path: Path, colour: tuple[int, int, int]
) -> None:
    reading = told(tmp_path, with_picture(scan(painted=colour), LAYER))
    seen = {s.text: s.visible for s in reading.segments if s.place.page == 1}
    assert seen == {WORDS: False, "VILLAGE NOTICE": True}
    codes = [t.code for t in reading.troubles]
    assert codes == [TroubleCode.BAD_REDACTION, TroubleCode.NEEDS_OCR]


@pytest.mark.place("pdf", "扫描图片下面的文字层", visible=True)
def test_a_text_layer_under_the_picture(tmp_path: Path) -> None:
    under = with_picture(scan(), b"")
    pdf = pikepdf.open(io.BytesIO(under))
    page = pdf.pages[0].obj
    painted = page["/Contents"].read_bytes()
    page["/Contents"] = pdf.make_stream(LAYER.replace(b"3 Tr", b"0 Tr") + painted)
    out = io.BytesIO()
    pdf.save(out)
    reading = told(tmp_path, out.getvalue())
    segment = next(s for s in reading.segments if WORDS in s.text)
    assert (segment.visible, segment.certainty < 1) == (True, True)
    assert TroubleCode.BAD_REDACTION not in {t.code for t in reading.troubles}


@pytest.mark.place("pdf", "扫描页上的文字", visible=True)
def test_a_scanned_page_is_recognised(tmp_path: Path) -> None:
    reading = told(tmp_path, with_picture(scan(), b""), Limits(ocr=True))
    segment = next(s for s in reading.segments if "450126" in s.text)
    place = segment.place
    assert (place.part, place.page, segment.visible) == (Part.IMAGE, 1, True)
    assert 0 < segment.certainty < 1
    assert place.box is not None
    assert place.box == pytest.approx((72, 132, 190, 144), abs=6)
    assert reading.image_pages == (1,)


@pytest.mark.place("pdf", "页面图片上的文字", visible=True)
def test_a_picture_on_a_page_of_text_is_recognised(tmp_path: Path) -> None:
    picture = scan().crop((100, 220, 600, 520))
    data = with_picture(picture, draw("PLAIN TEXT", 72, 700), (72, 300, 250, 150))
    reading = told(tmp_path, data, Limits(ocr=True))
    segment = next(s for s in reading.segments if "450126" in s.text)
    assert (segment.place.part, segment.place.page) == (Part.IMAGE, 1)
    assert segment.place.box is not None
    left, top, right, bottom = segment.place.box
    assert 72 < left < right < 322
    assert 842 - 450 < top < bottom < 842 - 300


def test_a_text_layer_that_says_less_than_its_picture_hides_nothing(tmp_path: Path) -> None:
    """A list was struck from the layer; on the scan behind it the words still stand."""
    layer = draw("VILLAGE NOTICE", 72, 600, more="3 Tr")
    data = with_picture(scan(), layer)
    assert TroubleCode.NEEDS_OCR in {t.code for t in told(tmp_path, data).troubles}
    reading = told(tmp_path, data, Limits(ocr=True))
    assert any("450126" in s.text and s.place.part is Part.IMAGE for s in reading.segments)
    assert TroubleCode.NEEDS_OCR not in {t.code for t in reading.troubles}
    assert reading.image_pages == (1,)


def test_a_letter_that_the_machine_cannot_measure_is_told(tmp_path: Path) -> None:
    """The font is not in the file, and pdfium leaves texts of one letter out."""
    row = show("户主张三", x=60) + show("女", x=200) + show("健康", x=300)
    lost = told(tmp_path, one_page(row))
    if "女" not in "".join(s.text for s in lost.segments):  # a machine may have the font
        assert lost.partial
        assert [t.code for t in lost.troubles] == [TroubleCode.NEEDS_OCR]
        assert "字体没有嵌在文件里" in lost.troubles[0].text
    whole = told(tmp_path, one_page(show("户主张三", x=60) + show("健康", x=300)))
    assert not whole.troubles
