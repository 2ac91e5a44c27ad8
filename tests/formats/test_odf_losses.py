"""OpenDocument files with parts that are broken, or that are not what they are called."""

import base64
import io
import zlib

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Place, Reading, Segment, TroubleCode, Unreadable
from tests.build.containers import archive
from tests.build.odf import MARKER, box, odf, p
from tests.build.pictures import encoded, photo
from tests.build.word import docx, paragraph, run
from tests.formats.test_metafiles import comment, drawn, emf

_SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{MARKER}</text></svg>'.encode()
_INNER = docx(paragraph(run(MARKER)))


def reading(data: bytes) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), "公示.odt")


def with_part(name: str, data: bytes) -> Reading:
    return reading(odf("odt", p("正文"), more={name: data}))


def marked(found: Reading) -> Segment:
    (segment,) = (s for s in found.segments if MARKER in s.text)
    return segment


def codes(found: Reading) -> set[TroubleCode]:
    return {t.code for t in found.troubles}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Pictures/a.svg", _SVG[:-6]),
        ("ObjectReplacements/Object 1", emf(drawn("甲"), drawn(MARKER))[:-10]),
        ("ObjectReplacements/Object 1", emf(comment(MARKER.encode("utf-16-le")))[:-9]),
    ],
)
def test_a_drawing_that_breaks_off_is_told_and_read(name: str, data: bytes) -> None:
    found = with_part(name, data)
    assert codes(found) == {TroubleCode.NEEDS_OCR}
    assert marked(found).place.path == name


@pytest.mark.place("odt", "矢量图里不画出的文字", visible=False)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Pictures/a.svg", _SVG.replace(b"<text>", b"<!--").replace(b"</text>", b"-->")),
        ("Pictures/a.svg", _SVG.replace(b"<text>", b"<g id='").replace(b"</text>", b"'/>")),
        ("Pictures/a.emf", emf(drawn("甲"), description=MARKER)),
        ("Pictures/a.emf", emf(drawn("甲"), comment(MARKER.encode("utf-16-le")))),
        ("Pictures/a.emf", emf(drawn("甲")) + MARKER.encode("utf-16-le")),
    ],
)
def test_what_a_drawing_carries_unseen_is_read(name: str, data: bytes) -> None:
    segment = marked(with_part(name, data))
    assert (segment.place.part, segment.visible) == (Part.METADATA, False)


def test_a_picture_of_dots_in_a_drawing_is_told() -> None:
    image = b'<image href="data:image/png;base64,AAAA"/>'
    found = with_part("Pictures/a.svg", _SVG.replace(b"<text>", image + b"<text>"))
    assert codes(found) == {TroubleCode.NEEDS_OCR}


@pytest.mark.place("odt", "名为图片的其他文件", visible=False)
@pytest.mark.parametrize("name", ["Pictures/a.png", "Thumbnails/a.png"])
def test_a_file_that_is_called_a_picture_is_read(name: str) -> None:
    assert marked(with_part(name, _INNER)).visible is False


@pytest.mark.place("odt", "自定义界面里的文字", visible=False)
def test_what_an_office_program_keeps_of_its_own_windows_is_read() -> None:
    data = f"<menu><item label='x'>{MARKER}</item></menu>".encode()
    assert marked(with_part("Configurations2/menubar/a.xml", data)).visible is False


@pytest.mark.place("odt", "meta.xml 里的其他属性", visible=False)
def test_a_property_nobody_knows_is_read() -> None:
    found = reading(odf("odt", p("正文"), meta=f"<meta:other>{MARKER}</meta:other>"))
    assert marked(found).place.part is Part.PROPERTY


@pytest.mark.place("odt", "meta.xml 的 XML 注释", visible=False)
def test_remarks_in_lesser_parts_are_read() -> None:
    found = reading(odf("odt", p("正文"), meta=f"<!--{MARKER}-->"))
    assert marked(found).place.part is Part.SCRIPT


def inline(data: str) -> Reading:
    image = f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image>"
    return reading(odf("odt", p(f"<draw:frame>{image}</draw:frame>")))


@pytest.mark.place("odt", "正文里内嵌的文件（base64）", visible=True)
def test_pictures_and_files_kept_in_the_text_itself_are_read() -> None:
    file = inline(base64.b64encode(archive({"a.txt": MARKER.encode()})).decode())
    assert marked(file).visible
    picture = inline(base64.b64encode(encoded(photo((40, 30)), "PNG")).decode())
    assert codes(picture) == {TroubleCode.NEEDS_OCR}


def test_data_in_the_text_that_is_no_base64_is_told() -> None:
    found = inline(MARKER)
    assert codes(found) == {TroubleCode.DAMAGED}
    assert not marked(found).visible


@pytest.mark.place("odt", "脚注编号处的文字", visible=False)
def test_words_where_the_number_of_a_note_stands_are_read() -> None:
    cited = f"<text:note-citation>{MARKER}</text:note-citation>"
    note = f'<text:note text:note-class="footnote">{cited}<text:note-body/></text:note>'
    assert marked(reading(odf("odt", p("正文", note)))).place.part is Part.HIDDEN
    assert reading(odf("odt", p(box(p("框"))))).troubles == ()


OBJECT = p("<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame>")
SIDES = (
    "meta.xml", "settings.xml", "styles.xml", "manifest.rdf", "META-INF/manifest.xml",
    "Object 1/content.xml", "Object 1/meta.xml", "Basic/a.xml",
)  # fmt: skip


def beside(name: str, data: bytes) -> bytes:
    return odf("odt", p("正文") + OBJECT, more={"Object 1/content.xml": b"<a/>", name: data})


def rotten(data: bytes, part: bytes) -> bytes:
    """The package with the check sum of this part made wrong."""
    return data.replace(zlib.crc32(part).to_bytes(4, "little"), b"\1\2\3\4")


@pytest.mark.parametrize("name", SIDES)
@pytest.mark.parametrize("data", [f"<a>{MARKER}</b>".encode(), b"\1\2\3", b"<!DOCTYPE a [<!EN"])
def test_a_broken_side_part_is_told_and_the_text_is_read(name: str, data: bytes) -> None:
    found = reading(beside(name, data))
    assert "正文" in {s.text for s in found.segments}
    if name not in ("META-INF/manifest.xml", "Basic/a.xml"):  # read as they are, as any file is
        (trouble,) = found.troubles
        assert (trouble.code, trouble.place) == (
            TroubleCode.DAMAGED, Place(Part.HIDDEN, path=name)
        )  # fmt: skip
        assert found.partial
    if MARKER.encode() in data:
        assert any(MARKER in s.text for s in found.segments)


@pytest.mark.parametrize(
    "name", [*SIDES, "Pictures/a.png", "Thumbnails/a.png", "Configurations2/b"]
)
def test_a_side_part_that_cannot_be_unpacked_is_told_once(name: str) -> None:
    part = f"<a>{MARKER}</a>".encode()
    found = reading(rotten(beside(name, part), part))
    assert "正文" in {s.text for s in found.segments}
    (trouble,) = found.troubles
    assert trouble.code is TroubleCode.DAMAGED
    assert trouble.place is not None
    assert trouble.place.path == name


def test_a_text_that_is_broken_itself_is_not_read() -> None:
    with pytest.raises(Unreadable):
        reading(odf("odt", "</text:p>"))
