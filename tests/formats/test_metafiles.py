"""Windows metafiles inside documents: their words are read, and a clean copy keeps what draws."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from formats import metafiles, read, redact
from formats.reading import Mark, Part, TroubleCode, Unreadable
from tests.build.word import MARKER, Extra, docx, paragraph, picture, run


def record(kind: int, body: bytes) -> bytes:
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf(*records: bytes, description: str = "") -> bytes:
    """An EMF of ready-made records, its description behind the header ([MS-EMF] 2.3.4.2)."""
    told = description.encode("utf-16-le") + b"\0" * (-2 * len(description) % 4)
    end = record(14, struct.pack("<III", 0, 16, 20))
    size = 108 + len(told)
    whole = size + sum(map(len, records)) + len(end)
    header = struct.pack("<II", 1, size) + bytes(32) + b" EMF" + struct.pack(
        "<IIIHHIII", 0x10000, whole, len(records) + 2, 1, 0, len(description), 108, 0
    )  # fmt: skip
    return header.ljust(108, b"\0") + told + b"".join(records) + end


def drawn(text: str, line: int = 5, kind: int = 84) -> bytes:
    """EMR_EXTTEXTOUTW (84) or its narrow sister (83)."""
    raw = text.encode("utf-16-le" if kind == 84 else "gb18030")
    count = len(text) if kind == 84 else len(raw)
    head = bytes(16) + struct.pack("<Iff", 1, 1.0, 1.0)
    head += struct.pack("<iiIII", 3, line, count, 76, 0) + bytes(16) + struct.pack("<I", 0)
    return record(kind, head + raw)


def comment(data: bytes) -> bytes:
    return record(70, struct.pack("<I", len(data)) + data)


def plus(text: str, flags: int) -> bytes:
    """A comment that draws a string the EMF+ way; flag 1: an older way to draw follows."""
    raw = text.encode("utf-16-le")
    body = struct.pack("<III", 0, 0, len(text)) + struct.pack("<ffff", 0, 1, 9, 9) + raw
    head = struct.pack("<HHIIIIII", 0x4001, flags, 28, 16, 0, 0, 96, 96)
    return comment(
        b"EMF+" + head + struct.pack("<HHII", 0x401C, 0, 12 + len(body), len(body)) + body
    )


def wmf(*records: bytes) -> bytes:
    body = b"".join(records) + struct.pack("<IH", 3, 0)
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(body) // 2, 0, 99, 0) + body


def wmf_record(function: int, body: bytes) -> bytes:
    body += b"\0" * (len(body) % 2)
    return struct.pack("<IH", 3 + len(body) // 2, function) + body


def wmf_text(text: str) -> bytes:
    raw = text.encode("gb18030")
    body = struct.pack("<H", len(raw)) + raw + b"\0" * (len(raw) % 2)
    return wmf_record(0x0521, body + struct.pack("<hh", 4, 4))


def document(data: bytes, folder: Path, suffix: str = "emf") -> Path:
    part = Extra(f"word/media/image1.{suffix}", data, "image", f"image/x-{suffix}")
    path = folder / "a.docx"
    path.write_bytes(docx(paragraph(run("正文"), picture("rId1")), part))
    return path


def media(path: Path) -> bytes:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        (name,) = [name for name in archive.namelist() if "media" in name]
        return archive.read(name)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        pytest.param(emf(drawn(MARKER)), "emf", id="emf"),
        pytest.param(emf(*(drawn(letter) for letter in MARKER)), "emf", id="letter by letter"),
        pytest.param(emf(drawn(MARKER, kind=83)), "emf", id="narrow"),
        pytest.param(emf(plus(MARKER, 1)), "emf", id="emf plus"),
        pytest.param(wmf(wmf_text(MARKER)), "wmf", id="wmf"),
        pytest.param(
            wmf(wmf_record(0x0A32, struct.pack("<hhHH", 1, 1, len(MARKER.encode("gb18030")), 0)
                           + MARKER.encode("gb18030"))), "wmf", id="wmf ext"),
    ],
)  # fmt: skip
@pytest.mark.place("docx", "矢量图里的文字（EMF、WMF）", visible=True)
def test_the_words_of_a_metafile_are_read(data: bytes, suffix: str, tmp_path: Path) -> None:
    reading = read(document(data, tmp_path, suffix))
    (segment,) = [s for s in reading.segments if MARKER in s.text]
    assert (segment.place.part, segment.visible, segment.note) == (
        Part.IMAGE, True, "矢量图里的文字",
    )  # fmt: skip
    assert TroubleCode.NEEDS_OCR in [t.code for t in reading.troubles]


def test_lines_are_told_apart() -> None:
    data = emf(drawn("甲", 1), drawn("乙", 1), drawn("丙", 2))
    assert metafiles.told(data).words == "甲乙\n丙"


def test_a_copy_keeps_what_draws_and_nothing_else(tmp_path: Path) -> None:
    wide = MARKER.encode("utf-16-le")
    data = emf(drawn("看得见"), comment(wide), description=MARKER) + wide
    out = tmp_path / "b.docx"
    redact(document(data, tmp_path), [], out)
    left = media(out)
    assert wide not in left
    assert metafiles.told(left).words == "看得见"
    assert struct.unpack_from("<II", left, 48) == (len(left), 3)
    old = wmf(wmf_text("看得见"), wmf_record(0x0626, b"\x0f\0" + MARKER.encode("gb18030")))
    redact(document(old, tmp_path, "wmf"), [], out)
    assert MARKER.encode("gb18030") not in media(out)
    assert metafiles.told(media(out)).words == "看得见"


def test_a_mark_on_a_metafiles_words_takes_the_picture(tmp_path: Path) -> None:
    source, out = document(emf(drawn(MARKER)), tmp_path), tmp_path / "b.docx"
    (segment,) = [s for s in read(source).segments if MARKER in s.text]
    redact(source, [Mark(segment.place, (0, 3), "")], out)
    assert metafiles.kind_of(media(out)) == ""


def test_a_metafile_only_new_programs_draw_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        redact(document(emf(plus("甲", 0)), tmp_path), [], tmp_path / "b.docx")
    assert caught.value.code is TroubleCode.NOT_SUPPORTED


@pytest.mark.parametrize("cut", [30, 90, 110, 130, 150])
def test_a_damaged_metafile_is_no_picture(cut: int, tmp_path: Path) -> None:
    data = emf(drawn(MARKER))[:-4][: cut + 60]
    source, out = document(data, tmp_path), tmp_path / "b.docx"
    assert read(source).partial
    redact(source, [], out)
    assert metafiles.kind_of(media(out)) == ""
