"""Picture files: what is written on them, and what they carry that nobody sees."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

from formats import read
from formats.budget import Budget, Limits
from formats.ocr import SENTENCES, Doubt, Recognised
from formats.reading import Kind, Part, Reading, TroubleCode, Unreadable
from tests.build import pictures as build

MARKER = "450321199001010014"
PLAIN = "marker 450321199001010014"


def of(tmp_path: Path, name: str, data: bytes, *, ocr: bool = False) -> Reading:
    path = tmp_path / name
    path.write_bytes(data)
    return read(path, Budget(Limits(ocr=ocr)))


def said(reading: Reading, part: Part) -> list[str]:
    return [s.text for s in reading.segments if s.place.part is part]


def written(kind: str, **options: object) -> bytes:
    return build.encoded(build.page([MARKER]), kind, **options)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(
            f"a.{suffix}", kind, marks=pytest.mark.place(suffix, "图上的文字", visible=True)
        )
        for suffix, kind in (
            ("png", "PNG"),
            ("jpg", "JPEG"),
            ("tif", "TIFF"),
            ("bmp", "BMP"),
            ("gif", "GIF"),
            ("webp", "WEBP"),
        )
    ],
)
def test_what_is_written_on_a_picture_is_read(tmp_path: Path, name: str, kind: str) -> None:
    reading = of(tmp_path, name, written(kind), ocr=True)
    (found,) = [s for s in reading.segments if s.place.part is Part.IMAGE]
    assert found.text == MARKER
    assert found.visible
    assert 0.5 < found.certainty < 1
    assert (found.place.page, found.place.paragraph) == (1, 1)
    left, top, right, bottom = found.place.box or (0, 0, 0, 0)
    assert 10 < left < right < 675
    assert 10 < top < bottom < 150
    assert (reading.troubles, reading.partial) == ((), False)
    assert (reading.pages, reading.image_pages) == (1, (1,))


def test_without_recognition_a_picture_is_a_trouble(tmp_path: Path) -> None:
    reading = of(tmp_path, "a.png", written("PNG"))
    (trouble,) = reading.troubles
    assert trouble.code is TroubleCode.NEEDS_OCR
    assert reading.partial
    assert reading.image_pages == (1,)
    assert said(reading, Part.IMAGE) == []


@pytest.mark.place("tif", "第 2 页上的文字", visible=True)
def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    first, second = build.page(["PAGE ONE"]), build.page([MARKER])
    data = build.encoded(first, "TIFF", save_all=True, append_images=[second])
    reading = of(tmp_path, "a.tif", data, ocr=True)
    found = {s.place.page: s.text for s in reading.segments if s.place.part is Part.IMAGE}
    assert found == {1: "PAGE ONE", 2: MARKER}
    assert (reading.pages, reading.image_pages) == (2, (1, 2))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("a.gif", "GIF", marks=pytest.mark.place("gif", "动画的其他帧", visible=True)),
        pytest.param(
            "a.webp", "WEBP", marks=pytest.mark.place("webp", "动画的其他帧", visible=True)
        ),
        pytest.param("a.png", "PNG", marks=pytest.mark.place("png", "动画的其他帧", visible=True)),
    ],
)
def test_frames_that_differ_are_read_once(tmp_path: Path, name: str, kind: str) -> None:
    one, two = build.page(["FIRST"]), build.page([MARKER])
    data = build.encoded(one, kind, save_all=True, append_images=[two, one, two], duration=80)
    reading = of(tmp_path, name, data, ocr=True)
    assert said(reading, Part.IMAGE) == ["FIRST", MARKER]
    assert reading.image_pages == (1, 2)


def exif_with(tag: int, value: object, *, directory: int = 0) -> bytes:
    exif = Image.Exif()
    if directory:
        exif.get_ifd(directory)[tag] = value
    else:
        exif[tag] = value
    return exif.tobytes()


@pytest.mark.parametrize(
    ("exif", "text", "note"),
    [
        pytest.param(
            exif_with(270, f"覃小满 {MARKER}".encode()),
            f"覃小满 {MARKER}",
            "图片说明",
            marks=pytest.mark.place("jpg", "EXIF 说明", visible=False),
        ),
        pytest.param(
            exif_with(315, "覃小满".encode("gb18030")),
            "覃小满",
            "作者",
            marks=pytest.mark.place("jpg", "EXIF 作者", visible=False),
        ),
        pytest.param(
            exif_with(0x9286, b"UNICODE\0" + "经办人覃小满".encode("utf-16-le"), directory=0x8769),
            "经办人覃小满",
            "备注",
            marks=pytest.mark.place("jpg", "EXIF 备注", visible=False),
        ),
        pytest.param(
            exif_with(0x9C9D, "覃小满\0".encode("utf-16-le")),
            "覃小满",
            "作者",
            marks=pytest.mark.place("jpg", "Windows 属性作者", visible=False),
        ),
        pytest.param(
            exif_with(0x927C, b"VENDOR\0\1\2" + PLAIN.encode(), directory=0x8769),
            PLAIN,
            "MakerNote",
            marks=pytest.mark.place("jpg", "EXIF 厂商自定义数据", visible=False),
        ),
    ],
)
def test_what_a_camera_notes_is_read(tmp_path: Path, exif: bytes, text: str, note: str) -> None:
    reading = of(tmp_path, "a.jpg", build.encoded(build.photo(), "JPEG", exif=exif))
    found = [s for s in reading.segments if s.place.part is Part.EXIF]
    assert any(text in s.text and note in s.note for s in found)
    assert not any(s.visible for s in found)


@pytest.mark.place("jpg", "EXIF 拍摄位置", visible=False)
def test_where_a_photo_was_taken_is_read(tmp_path: Path) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    rational = TiffImagePlugin.IFDRational
    gps[1], gps[3] = "N", "E"
    gps[2] = (rational(25), rational(16), rational(1234, 100))
    gps[4] = (rational(110), rational(17), rational(30))
    reading = of(tmp_path, "a.jpg", build.encoded(build.photo(), "JPEG", exif=exif.tobytes()))
    (found,) = [s for s in reading.segments if "GPS" in s.note]
    assert found.text == "北纬 25.270094，东经 110.291667"
    assert found.place.part is Part.EXIF
    assert not found.visible


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(
            "a.png",
            build.encoded(build.photo(), "PNG", exif=exif_with(270, PLAIN)),
            marks=pytest.mark.place("png", "EXIF 说明", visible=False),
        ),
        pytest.param(
            "a.webp",
            build.encoded(build.photo(), "WEBP", exif=exif_with(270, PLAIN)),
            marks=pytest.mark.place("webp", "EXIF 说明", visible=False),
        ),
        pytest.param(
            "a.tif",
            build.encoded(build.photo(), "TIFF", description=PLAIN),
            marks=pytest.mark.place("tif", "图片说明标签", visible=False),
        ),
    ],
)
def test_other_kinds_carry_exif_too(tmp_path: Path, name: str, data: bytes) -> None:
    reading = of(tmp_path, name, data)
    assert PLAIN in said(reading, Part.EXIF)


_XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>{PLAIN}</rdf:li></rdf:Seq>
</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def png_text(kind: str) -> bytes:
    info = PngInfo()
    if kind == "iTXt":
        info.add_itxt("Comment", f"覃小满 {PLAIN}", zip=True)
    else:
        info.add_text("Comment", PLAIN, zip=kind == "zTXt")
    return build.encoded(build.photo(), "PNG", pnginfo=info)


def iptc_jpeg() -> bytes:
    dataset = b"\x1c\x02\x78" + struct.pack(">H", len(PLAIN)) + PLAIN.encode()
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(dataset)) + dataset
    body = b"Photoshop 3.0\0" + resource + (b"\0" if len(dataset) % 2 else b"")
    jpeg = build.encoded(build.photo(), "JPEG")
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        pytest.param(
            "a.png", png_text("tEXt"), "PNG 文字块",
            marks=pytest.mark.place("png", "tEXt 文字块", visible=False),
        ),
        pytest.param(
            "a.png", png_text("zTXt"), "PNG 文字块",
            marks=pytest.mark.place("png", "zTXt 文字块", visible=False),
        ),
        pytest.param(
            "a.png", png_text("iTXt"), "PNG 文字块",
            marks=pytest.mark.place("png", "iTXt 文字块", visible=False),
        ),
        pytest.param(
            "a.png",
            build.with_chunk(build.encoded(build.photo()), b"tEXt", b"Late\0" + PLAIN.encode()),
            "PNG 文字块 Late",
            marks=pytest.mark.place("png", "图像数据之后的文字块", visible=False),
        ),
        pytest.param(
            "a.jpg", build.encoded(build.photo(), "JPEG", xmp=_XMP), "XMP creator",
            marks=pytest.mark.place("jpg", "XMP", visible=False),
        ),
        pytest.param(
            "a.webp", build.encoded(build.photo(), "WEBP", xmp=_XMP), "XMP creator",
            marks=pytest.mark.place("webp", "XMP", visible=False),
        ),
        pytest.param(
            "a.jpg", iptc_jpeg(), "IPTC 图片说明",
            marks=pytest.mark.place("jpg", "IPTC", visible=False),
        ),
        pytest.param(
            "a.jpg", build.with_comment(build.encoded(build.photo(), "JPEG"), PLAIN.encode()),
            "JPEG 注释",
            marks=pytest.mark.place("jpg", "JPEG 注释", visible=False),
        ),
        pytest.param(
            "a.gif", build.encoded(build.photo(), "GIF", comment=PLAIN.encode()), "GIF 注释",
            marks=pytest.mark.place("gif", "GIF 注释", visible=False),
        ),
    ],
)  # fmt: skip
def test_descriptions_are_read(tmp_path: Path, name: str, data: bytes, note: str) -> None:
    reading = of(tmp_path, name, data)
    found = [s for s in reading.segments if PLAIN in s.text]
    assert found
    assert {s.place.part for s in found} == {Part.METADATA}
    assert all(note in s.note and not s.visible for s in found)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("名单.txt", f"覃小满 {MARKER}\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(
            f"a.{suffix}", build.encoded(build.photo(), kind),
            marks=pytest.mark.place(suffix, "图片结束后附着的文件", visible=False),
        )
        for suffix, kind in (("png", "PNG"), ("jpg", "JPEG"), ("gif", "GIF"), ("bmp", "BMP"),
                             ("webp", "WEBP"))
    ],
)  # fmt: skip
def test_a_file_behind_the_picture_is_opened(tmp_path: Path, name: str, data: bytes) -> None:
    clean = of(tmp_path, name, data)
    assert {t.code for t in clean.troubles} == {TroubleCode.NEEDS_OCR}
    reading = of(tmp_path, name, data + zipped())
    (found,) = [s for s in reading.segments if MARKER in s.text]
    assert found.place.member == "图片尾部的数据/名单.txt"
    assert not found.visible
    assert any("附着" in t.text for t in reading.troubles)


def test_bare_text_behind_a_picture_is_shown(tmp_path: Path) -> None:
    data = build.encoded(build.photo(), "JPEG") + b"\1\2" + f"内部名单 {MARKER}".encode() + b"\0"
    reading = of(tmp_path, "a.jpg", data)
    (found,) = [s for s in reading.segments if s.place.part is Part.EMBEDDED]
    assert MARKER in found.text


def test_a_rare_character_behind_a_picture_is_read(tmp_path: Path) -> None:
    """GB 18030 has it in four bytes, GBK not at all."""
    data = build.encoded(build.photo(), "JPEG") + b"\1" + f"内部名单 𠮷{MARKER}".encode("gb18030")
    (found,) = [s for s in of(tmp_path, "a.jpg", data).segments if s.place.part is Part.EMBEDDED]
    assert found.text == f"内部名单 𠮷{MARKER}"


def test_noise_behind_a_picture_is_no_text(tmp_path: Path) -> None:
    noise = b"\1" + "丂丄丅丆丏丒丗丟".encode("gbk")  # no writing has these in a row
    (found,) = [
        s for s in of(tmp_path, "a.jpg", build.encoded(build.photo(), "JPEG") + noise).segments
        if s.place.part is Part.EMBEDDED
    ]  # fmt: skip
    assert found.text == f"{len(noise)} 字节"


@pytest.mark.place("jpg", "与图片不一致的缩略图", visible=False)
def test_a_thumbnail_of_another_picture_is_read(tmp_path: Path) -> None:
    small = build.page(["AB 7731"], size=(320, 240), height=60)
    reading = of(tmp_path, "a.jpg", build.with_thumbnail(build.photo(), small), ocr=True)
    assert "AB 7731" in said(reading, Part.THUMBNAIL)
    assert TroubleCode.BAD_REDACTION in {t.code for t in reading.troubles}
    assert not any(s.visible for s in reading.segments if s.place.part is Part.THUMBNAIL)


def test_a_thumbnail_of_the_picture_itself_is_none_of_our_business(tmp_path: Path) -> None:
    photo = build.photo()
    reading = of(tmp_path, "a.jpg", build.with_thumbnail(photo, photo.resize((160, 120))))
    assert said(reading, Part.THUMBNAIL) == []
    assert {t.code for t in reading.troubles} == {TroubleCode.NEEDS_OCR}


@pytest.mark.place("png", "完全透明处藏着的画面", visible=False)
def test_what_full_transparency_hides_is_read(tmp_path: Path) -> None:
    hidden = build.page([MARKER]).convert("RGBA")
    hidden.putalpha(Image.new("L", hidden.size, 0))
    reading = of(tmp_path, "a.png", build.encoded(hidden), ocr=True)
    (found,) = [s for s in reading.segments if s.text == MARKER]
    assert (found.place.part, found.place.path, found.visible) == (Part.IMAGE, "transparent", False)
    assert TroubleCode.BAD_REDACTION in {t.code for t in reading.troubles}


def test_ordinary_transparency_hides_nothing(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (300, 300), (255, 255, 255, 0))
    logo.paste((200, 0, 0, 255), (50, 50, 250, 250))
    reading = of(tmp_path, "a.png", build.encoded(logo))
    assert {t.code for t in reading.troubles} == {TroubleCode.NEEDS_OCR}


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        of(tmp_path, "a.png", build.bomb_png())
    assert refused.value.code is TroubleCode.TOO_BIG


def test_a_text_bomb_in_a_picture_stops_at_its_limit(tmp_path: Path) -> None:
    bomb = b"Comment\0\0" + zlib.compress(b"x" * 100_000_000, 9)
    data = build.with_chunk(build.encoded(build.photo()), b"zTXt", bomb)
    reading = of(tmp_path, "a.png", data)
    assert max(len(s.text) for s in reading.segments) <= 1024 * 1024


def test_the_readers_own_recogniser_is_asked_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [build.page([str(n)]) for n in range(3)]
    path.write_bytes(build.encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    sizes = []

    def recogniser(draw: object) -> Recognised:
        assert callable(draw)
        sizes.append(draw().size)
        return Recognised()

    reading = read(path, Budget(recogniser=recogniser))
    assert sizes == [(900, 400)] * 3
    assert reading.troubles == ()
    assert reading.kind is Kind.TIFF


@pytest.mark.parametrize("ocr", [False, True])
@pytest.mark.place("docx", "图片的照片信息", visible=False)
def test_a_picture_in_a_document_tells_what_it_carries(tmp_path: Path, ocr: bool) -> None:
    jpeg = build.encoded(build.page(["AB 7731"]), "JPEG", exif=exif_with(270, PLAIN))
    document = docx.Document()
    document.add_paragraph(
        "白石沟镇关于发放二〇二六年春耕补贴的公示，名单见下图，公示期为五个工作日。"
    )
    document.add_picture(io.BytesIO(jpeg))
    path = tmp_path / "a.docx"
    document.save(str(path))
    reading = read(path, Budget(Limits(ocr=ocr)))
    (found,) = [s for s in reading.segments if s.place.part is Part.EXIF]
    assert (found.text, found.visible) == (PLAIN, False)
    assert found.place.path == "word/media/image1.jpg"
    assert ("AB 7731" in said(reading, Part.IMAGE)) is ocr
    assert reading.partial is not ocr


def test_a_recorded_screen_is_read_up_to_a_hundred_frames(tmp_path: Path) -> None:
    frames = [build.page([str(n)], size=(160, 80), height=32) for n in range(120)]
    data = build.encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=40)
    reading = of(tmp_path, "a.gif", data)
    assert reading.image_pages == tuple(range(1, 101))
    assert [t.code for t in reading.troubles] == [TroubleCode.NEEDS_OCR, TroubleCode.DAMAGED]


def test_the_pages_before_a_break_are_read(tmp_path: Path) -> None:
    pages = [build.page([str(n)]) for n in (111, 222, 333)]
    data = build.encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    reading = of(tmp_path, "a.tif", data[: len(data) * 5 // 6], ocr=True)
    assert said(reading, Part.IMAGE) == ["111", "222"]
    (trouble,) = reading.troubles
    assert trouble.text == f"第 3 页：{SENTENCES[Doubt.BROKEN]}"
    assert reading.partial
    assert reading.image_pages == (1, 2, 3)
