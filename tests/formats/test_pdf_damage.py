"""A broken PDF ends in a Reading or an Unreadable. In a child: pdfium may crash on one."""

import io
import random
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import formats
from formats.budget import Budget
from formats.pdf import read
from formats.reading import Kind, Part, TroubleCode
from tests.build.damage import broken
from tests.build.pdf import Page, Pdf, appended, show, stream, text_string

ROOT = Path(formats.__file__).parent.parent
SEEDS = 120
IMAGE = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"


def specimen() -> bytes:
    """Something of everything, small and not compressed, so that breaking it breaks its meaning."""
    pdf = Pdf()
    image = pdf.stream(b"\x80\x80\x80\x80", f"{IMAGE} /BitsPerComponent 8")
    form = pdf.stream(show("表内", 0, 0), "/Type /XObject /Subtype /Form /BBox [0 0 600 900]")
    layer = pdf.add(b"<< /Type /OCG /Name (L) >>")
    note = pdf.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [1 2 3 4] /V "
        + text_string("值")
        + b" /A << /S /URI /URI (x) >> >>"
    )
    content = (
        show("正文一") + show("白字", 72, 650, more="1 g") + b"0 g 70 695 50 20 re f\n"
        b"/OC /L1 BDC " + show("图层", 72, 620) + b"EMC q 200 0 0 200 72 300 cm /Im Do Q /Fm Do\n"
    )
    pdf.pages = [
        Page(
            content,
            f"/MediaBox [0 0 595 842] /Annots [{note}] /Rotate 90",
            f"/XObject << /Im {image} /Fm {form} >> /Properties << /L1 {layer} >>",
        ),
        Page(show("第二页")),
    ]
    pdf.catalog = (
        f"/OCProperties << /OCGs [{layer}] /D << /OFF [{layer}] >> >>"
        f" /AcroForm << /Fields [{note}] >> /Outlines << /First << /Title (O) >> >>"
        " /StructTreeRoot << /K << /S /Figure /Alt (A) >> >>"
        " /Names << /EmbeddedFiles << /Names [(f.txt) << /Type /Filespec /F (f.txt)"
        " /EF << /F 5 0 R >> >>] >> >>"
    ).encode()
    return appended(pdf.build(), {4: b"<< >>", 5: stream(b"inner")})


def shuffled(data: bytes, seed: int) -> bytes:
    """The objects in another order than the table of references says."""
    head, *objects = re.split(rb"(?=\n\d+ 0 obj\n)", data)
    random.Random(seed).shuffle(objects)
    return head + b"".join(objects)


def misdirected(data: bytes, seed: int) -> bytes:
    """Some numbers anywhere are others: references, places, counts, sizes."""
    chance = random.Random(seed)
    out = bytearray(data)
    numbers = [match.span() for match in re.finditer(rb"\d+", data)]
    for _ in range(chance.randint(1, 6)):
        start, end = chance.choice(numbers)
        other = chance.choice(
            (b"0", b"-1", b"99999999", b"4294967296", b"%d" % chance.randrange(20))
        )
        out[start:end] = other.ljust(end - start)[: end - start]
    return bytes(out)


BREAKS = (broken, broken, shuffled, misdirected)


CHILD = """
import io, pathlib, sys, warnings
warnings.simplefilter("error")
from formats.budget import Budget, Limits
from formats.pdf import boxes, page_image, read
from formats.reading import Kind, Unreadable
for line in sys.stdin:
    path = pathlib.Path(line.strip())
    try:
        reading = read(io.BytesIO(path.read_bytes()), Budget(Limits(opened_bytes=10**8)), Kind.PDF)
        for segment in reading.segments:
            segment.text.encode()
        boxes(path, 1)
        page_image(path, 1, 0.5)
    except Unreadable:
        pass
    print(path.name, flush=True)
"""


def survivors(files: list[Path]) -> tuple[list[str], str]:
    """The names of the files a child got through, and what it said when it stopped."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input="\n".join(map(str, files)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=150,
        check=False,
    )
    return done.stdout.split(), done.stderr[-2000:]


def test_broken_files(tmp_path: Path) -> None:
    data = specimen()
    files = []
    for seed in range(SEEDS):
        files.append(tmp_path / f"{seed}.pdf")
        files[-1].write_bytes(BREAKS[seed % len(BREAKS)](data, seed))
    done, said = survivors(files)
    assert [f.name for f in files if f.name not in done] == [], said


def test_the_specimen_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(specimen())
    parts = {s.place.part for s in formats.read(path).segments}
    assert parts >= {
        Part.BODY, Part.INVISIBLE_TEXT, Part.COVERED_TEXT, Part.LAYER, Part.FORM_VALUE,
        Part.OUTLINE, Part.ALT_TEXT, Part.ATTACHMENT, Part.LINK,
    }  # fmt: skip


@pytest.mark.parametrize("size", [0, 10, 100])
def test_beginnings_of_files(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(specimen()[:size])
    with pytest.raises(formats.reading.Unreadable):
        formats.read(path)


def _torn(text: str) -> bytes:
    """A deflated text whose end is cut off."""
    packed = zlib.compress(text.encode() + random.Random(1).randbytes(400))
    return packed[: len(packed) * 2 // 3]


def _script(data: bytes, entries: str) -> Pdf:
    pdf = Pdf([Page(show("正文"))])
    script = pdf.stream(data, entries)
    pdf.catalog = (
        f"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS {script} >>] >> >>".encode()
    )
    return pdf


def _note(data: bytes, entries: str) -> Pdf:
    pdf = Pdf()
    rich = pdf.stream(data, entries)
    note = f"<< /Type /Annot /Subtype /Text /Rect [1 2 3 4] /RC {rich} >>"
    pdf.pages = [Page(show("正文"), f"/Annots [{note}]")]
    return pdf


def _look(data: bytes, entries: str) -> Pdf:
    pdf = Pdf()
    look = pdf.stream(data, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {entries}")
    note = f"<< /Type /Annot /Subtype /Stamp /Rect [1 2 3 4] /AP << /N {look} >> >>"
    pdf.pages = [Page(show("正文"), f"/Annots [{note}]")]
    return pdf


@pytest.mark.parametrize("holder", [_script, _note, _look])
@pytest.mark.parametrize(
    ("data", "entries"),
    [(_torn("BT 覃小满四五一二二六"), "/Filter /FlateDecode"), (b"x", "/Filter /Unheard")],
    ids=["torn", "unknown"],
)
def test_a_text_that_cannot_be_unpacked_is_told(
    holder: Callable[[bytes, str], Pdf], data: bytes, entries: str
) -> None:
    told = read(io.BytesIO(holder(data, entries).build()), Budget(), Kind.PDF)
    assert told.partial
    assert [t.code for t in told.troubles].count(TroubleCode.DAMAGED) == 1


@pytest.mark.parametrize("holder", [_script, _note])
def test_what_can_be_unpacked_of_a_torn_text_is_read(
    holder: Callable[[bytes, str], Pdf],
) -> None:
    data = holder(_torn("覃小满四五一二二六"), "/Filter /FlateDecode").build()
    told = read(io.BytesIO(data), Budget(), Kind.PDF)
    assert any("覃小满四五一二二六" in s.text for s in told.segments)


def _picture() -> bytes:
    pdf = Pdf()
    image = pdf.stream(b"\xff\xd8", f"{IMAGE} /BitsPerComponent 8 /Filter [/Unheard /DCTDecode]")
    pdf.pages = [Page(show("正文"), "", f"/XObject << /Im {image} >>")]
    return pdf.build()


def test_a_picture_that_cannot_be_unpacked_is_told() -> None:
    told = read(io.BytesIO(_picture()), Budget(), Kind.PDF)
    assert TroubleCode.DAMAGED in {t.code for t in told.troubles}
