"""Pages as pictures, and the boxes that marks are drawn with, laid over each other."""

import io
from pathlib import Path

import pytest

from formats.budget import Budget
from formats.pdf import boxes, page_image, read
from formats.reading import Kind, Part, TroubleCode, Unreadable
from tests.build.libreoffice import convert, with_libreoffice
from tests.build.pdf import Page, Pdf, one_page, show

LINE = "身份证号450126199003074512有效"


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return path


def test_a_picture_has_three_bytes_a_pixel(tmp_path: Path) -> None:
    path = saved(
        tmp_path, one_page(b"1 0 0 rg 0 0 595 842 re f", entries="/MediaBox [0 0 301 101]")
    )
    image = page_image(path, 1, 1.5)
    assert (image.width, image.height) == (452, 152)
    assert len(image.data) == image.width * image.height * 3
    assert image.data[:3] == b"\xff\x00\x00"


def test_a_huge_page_or_scale_is_lowered_not_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, one_page(b"", entries="/MediaBox [0 0 14000 14000]"))
    image = page_image(path, 1, 8)
    assert image.width * image.height <= 61_000_000


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there(tmp_path: Path, page: int) -> None:
    path = saved(tmp_path, one_page(show("甲")))
    for call in (lambda: page_image(path, page, 1.0), lambda: boxes(path, page)):
        with pytest.raises(Unreadable) as caught:
            call()
        assert caught.value.code is TroubleCode.MISSING


def test_a_missing_file(tmp_path: Path) -> None:
    for call in (
        lambda: page_image(tmp_path / "no.pdf", 1, 1.0),
        lambda: boxes(tmp_path / "no.pdf", 1),
    ):
        with pytest.raises(Unreadable) as caught:
            call()
        assert caught.value.code is TroubleCode.MISSING


def test_boxes_are_numbered_as_the_reader_numbers(tmp_path: Path) -> None:
    content = show("姓名𬭎镕") + show(LINE, 72, 600) + b"0 0 0 rg 120 595 216 20 re f\n"
    data = Pdf([Page(show("封面")), Page(content)]).build()
    path = saved(tmp_path, data)
    segments = [s for s in read(io.BytesIO(data), Budget(), Kind.PDF).segments if s.place.page == 2]
    lines = boxes(path, 2)
    assert [b.paragraph for b in lines] == [s.place.paragraph for s in segments]
    assert [len(b.boxes) for b in lines] == [len(s.text) for s in segments]
    assert [s.place.part for s in segments] == [
        Part.BODY, Part.BODY, Part.COVERED_TEXT, Part.BODY,
    ]  # fmt: skip
    for line, segment in zip(lines, segments, strict=True):
        around = line.around((0, len(segment.text)))
        assert segment.place.box is not None
        assert around == pytest.approx(segment.place.box, abs=0.5)


def test_the_box_of_a_span_holds_its_ink_in_the_picture(tmp_path: Path) -> None:
    """Paint one character's ground; its box must lie on the paint, on a turned page too."""
    for rotation in (0, 90, 180, 270):
        entries = f"/MediaBox [0 0 400 300] /CropBox [20 30 380 290] /Rotate {rotation}"
        content = b"1 0 0 rg 112 145 12 20 re f\n" + show("甲乙丙丁", 100, 150, more="1 0 0 rg")
        path = saved(tmp_path, one_page(content, entries=entries))
        image = page_image(path, 1, 2.0)
        second = boxes(path, 1)[0].around((1, 2))
        x, y = round(second[0] + second[2]), round(second[1] + second[3])
        start = (y * image.width + x) * 3
        assert image.data[start : start + 3] == b"\xff\x00\x00", rotation


@with_libreoffice
def test_what_libreoffice_prints_is_read_back(tmp_path: Path) -> None:
    paragraphs = [f"第{n}条　白石沟镇村务公开事项第{n}项，联系人覃小满。" for n in range(1, 90)]
    source = tmp_path / "a.txt"
    source.write_text("\n".join(paragraphs), encoding="utf-8")
    convert(source, "pdf", tmp_path, "--infilter=Text (encoded):UTF8")
    with (tmp_path / "a.pdf").open("rb") as stream:
        told = read(stream, Budget(), Kind.PDF)
    assert told.troubles == ()
    said = "".join(s.text for s in told.segments if s.visible)
    assert "".join(said.split()) == "".join("".join(paragraphs).split())
    assert all(s.visible for s in told.segments if s.place.part is not Part.METADATA)
