"""What mutants and the fuzzer found, each as the smallest file that shows it."""

import io

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Reading, Unreadable
from tests.build import pdf


def ended(data: bytes, name: str) -> Reading | Unreadable:
    try:
        return read_stream(io.BytesIO(data), Budget(), name)
    except Unreadable as refusal:
        return refusal


def _with_strange_names() -> bytes:
    """Keys that are bytes of GBK, in every dictionary whose keys are walked."""
    made = pdf.Pdf(
        [
            pdf.Page(
                pdf.show("正文") + b"/L BDC EMC /G gs ",
                entries="/MediaBox [0 0 595 842] /Annots [7 0 R] /AA << /#b8#c4 8 0 R >>",
                resources="/XObject << /#b8#c4 6 0 R >> /Properties << /#b8#c4 9 0 R >>"
                " /ExtGState << /G << /#b8#c4 1 >> >>",
            )
        ],
        catalog=b"/Dests << /#b8#c4 [1 0 R] >> /OpenAction << /S /#b8#c4 >>",
        trailer=b"/Info << /#b8#c4 (a) >>",
    )
    made.stream(
        b"\0" * 4,
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray"
        " /BitsPerComponent 8",
    )
    made.add(
        b"<< /Subtype /Widget /Rect [0 0 9 9] /FT /Btn /T (a) /AP << /N << /#b8#c4 6 0 R >> >> >>"
    )
    made.add(b"<< /S /JavaScript /JS (1) >>")
    made.add(b"<< /Type /OCG /Name (a) /#b8#c4 1 >>")
    return made.build()


def test_names_in_a_pdf_that_are_no_text() -> None:
    found = ended(_with_strange_names(), "a.pdf")
    assert isinstance(found, Reading)
    assert any("正文" in s.text for s in found.segments)
    for segment in found.segments:
        assert (segment.text + segment.note).encode()


@pytest.mark.parametrize("frames", [2, 40])
def test_a_picture_that_grows_while_it_is_leafed_through(frames: int) -> None:
    """A GIF whose later frame claims more points than the first."""
    head = b"GIF89a" + b"\x08\0\x08\0\x80\0\0" + b"\0\0\0\xff\xff\xff"
    small = b"," + b"\0\0\0\0\x08\0\x08\0\0" + b"\2\2\x44\1\0"
    large = b"," + b"\xff\xff\xff\xff\xff\xff\xff\xff\0" + b"\2\2\x44\1\0"
    data = head + small + large * (frames - 1) + b";"
    assert isinstance(ended(data, "a.gif"), Reading | Unreadable)


@pytest.mark.parametrize("coding", ["8bit", "base64", "quoted-printable"])
def test_a_mail_part_whose_charset_is_no_name(coding: str) -> None:
    body = "正文".encode("gb18030") if coding == "8bit" else b"5q2j5paH\r\n\xff"
    head = b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="a\0b"\r\n'
    data = head + f"Content-Transfer-Encoding: {coding}\r\n\r\n".encode() + body
    found = ended(data, "a.eml")
    assert isinstance(found, Reading)
    if coding != "quoted-printable":
        assert any("正文" in s.text for s in found.segments)
