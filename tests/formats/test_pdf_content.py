"""What a content stream is taken to be able to do: never less than it can."""

import io

import pikepdf
import pytest

from formats.budget import Budget
from formats.pdf.content import PLAIN, Content, content_of
from formats.pdf.harmless import is_plain
from tests.build.pdf import Page, Pdf

OPEN = b"0.1 w\nq 0 0.028 595.275 841.861 re\nW* n\n"
PIECE = b"q 0 0 0 rg\nBT\n56.8 799.689 Td /F1 12 Tf<042E0411>Tj\nET\nQ\n"
ARRAY = b"q 0 0 0 rg\nBT\n56.8 700.6 Td /F1 12 Tf[<1A1B>7<1C>-3<1D>]TJ\nET\nQ\n"
MOVED = (
    b"q 0 0 0 rg\nBT\n56.8 735.7 Td /F1 10 Tf<5B23>Tj\n1 0 0 1 286.8 735.7 Tm\n/F3 10 Tf<01>Tj\n"
    b"1 0 0 1 296.8 735.7 Tm\n/F1 10 Tf[<2C>-18<63>]TJ\nET\nQ\nq 0 0 0 rg\nBT\nET\nQ\n"
)
HEADER = b"q 56.7 771.089 481.85 14.099 re\nW* n\n" + PIECE + b"Q "
RULE = b"q 0.1 w 0 J 1 j\n56.35 813.439 m\n85.7 813.439 l S\nQ\n"
QT = (
    b"/Plain gs /CSp cs /CSp CS\n0.750000000 0 0 -0.750000000 9.75 832.25 cm\nq q\nQ\nQ q\n"
    b"0 0 m\n767 0 l\n767 1096 l\n0 1096 l\n0 0 l\nh\nW* n\nq\n1 0 0 1 0 -1096 cm\n/CSp cs\n"
    b"0 0 0 scn\n/Plain gs\nBT\n/F11 12 Tf 1 0 0 -1 0 0 Tm\n75 -1000.79687 Td <0004> Tj\n"
    b"12 0 Td <0005> Tj\nET\nQ\n"
)


def judged(content: bytes) -> Content:
    states = (
        "/ExtGState << /Plain << /ca 1 /CA 1 >> /Gone << /ca 0 >> >>"
        " /ColorSpace << /CSp /DeviceRGB /Spot [/Separation /A /DeviceGray 9 0 R] >>"
    )
    data = Pdf([Page(content, resources=states)]).build()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return content_of(pdf.pages[0].obj, Budget())


@pytest.mark.parametrize(
    "content",
    [
        OPEN + PIECE + ARRAY * 3 + RULE * 4 + b"Q\n",
        OPEN + MOVED * 3 + PIECE + MOVED + b"Q\n",
        QT,
        b"BT\n/F1 16 Tf 1 0 0 1 112 732 Tm <4E3A8FDB> Tj\nET\n",
        b"/P<</MCID 0>>BDC\n" + PIECE + b"EMC\n",
        b"75 75 1 946 re\nf\n" + PIECE,
        b"",
    ],
)
def test_what_programs_write_for_plain_text_is_plain(content: bytes) -> None:
    assert is_plain(content)
    assert judged(content)._replace(bare=False) == PLAIN  # the font is not in the file


def test_clips_after_the_first_text_are_all_that_is_asked_of_what_calc_writes() -> None:
    content = b"0.1 w\nq 0 0 595 842 re\nW* n\nQ " + HEADER + HEADER + b"Q " + PIECE * 3
    assert is_plain(content)
    assert judged(content)._replace(bare=False) == PLAIN._replace(clipped=True)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"q 3 Tr BT /F1 12 Tf 7 7 Td <0041> Tj ET Q", "styled"),
        (b"q 3%x\nTr BT /F1 12 Tf 7 7 Td <0041> Tj ET Q", "styled"),
        (b"1 g BT /F1 12 Tf <0041> Tj ET", "styled"),
        (MOVED.replace(b"/F3 10 Tf", b"/F3 1 Tf"), "styled"),
        (MOVED.replace(b"<2C>-18<63>]TJ", b"(]TJ 1 g [)-18<63>]TJ"), "styled"),
        (MOVED.replace(b"<01>Tj", b"<01>Tj 3 Tr"), "styled"),
        (b".97 .97 1.0 rg BT /F1 12 Tf <0041> Tj ET", "styled"),
        (b"0 0 0 0 k BT /F1 12 Tf <0041> Tj ET", "styled"),
        (b"/DeviceGray cs 1 sc BT /F1 12 Tf <0041> Tj ET", "styled"),
        (b"/Spot cs 0 scn BT /F1 12 Tf <0041> Tj ET", "styled"),
        (QT.replace(b"/CSp cs", b"/Spot cs"), "styled"),
        (QT.replace(b"/Plain gs", b"/Gone gs"), "styled"),
        (QT.replace(b"/Plain gs", b"/None gs"), "styled"),
        (b"BT /F1 1 Tf <0041> Tj ET", "styled"),
        (b"BT /F1 0.5 Tf <0041> Tj ET", "styled"),
        (b"0.1 0 0 0.1 0 0 cm BT /F1 12 Tf <0041> Tj ET", "styled"),
        (b"BT /F1 12 Tf .1 0 0 .1 0 0 Tm <0041> Tj ET", "styled"),
        (QT.replace(b"1 0 0 1 0 -1096 cm", b"0.1 0 0 0.1 0 -1096 cm"), "styled"),
        (PIECE + b"70 695 130 20 re f\n", "painted"),
        (PIECE + b"70 695 130 20 re\nf*\n", "painted"),
        (PIECE + b"7 7 m 9 9 l 99 7 l f\n", "painted"),
        (PIECE + b"14 w 70 704 m 200 704 l S\n", "painted"),
        (PIECE + b"100 0 0 100 0 0 cm 0.5 w 0 0 m 9 0 l S\n", "painted"),
        (PIECE + b"/Im Do\n", "painted"),
        (PIECE + b"/Sh sh\n", "painted"),
        (PIECE + b"BI /W 1 /H 1 ID x EI\n", "painted"),
        (PIECE + b"q 0 0 9 9 re W n Q\n" + PIECE, "clipped"),
        (HEADER + PIECE + HEADER.replace(b"0 0 0 rg", b"1 1 1 rg"), "styled"),
        (HEADER + PIECE + HEADER.replace(b"W* n", b"f"), "painted"),
        (b"/OC /L1 BDC " + PIECE + b"EMC\n", "layered"),
        (b"/Span <</ActualText (x)>> BDC " + PIECE + b"EMC\n", "spoken"),
        (b"/Span <</Actual#54ext (x)>> BDC " + PIECE + b"EMC\n", "spoken"),
    ],
)
def test_what_may_hide_text_is_not_plain(content: bytes, what: str) -> None:
    assert getattr(judged(OPEN + content if content[:1] != b"/" else content), what)


def test_a_long_content_that_almost_fits_is_judged_quickly() -> None:
    assert not is_plain((OPEN + PIECE * 50_000)[:-3] + b"x")
    assert not is_plain(b"0." * 500_000)
    assert not is_plain(b"1 0 0 1 " * 200_000)
