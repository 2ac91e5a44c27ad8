"""PDF documents that are too many, too deep, or lead in circles."""

import struct
import zlib
from collections.abc import Callable

from tests.build.pdf import Page, Pdf, appended, one_page, show, stream, written

_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
_EMPTY = stream(b"")
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def _pages(kids: bytes, count: int) -> bytes:
    return b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count


def _million_objects() -> bytes:
    objects = {1: _CATALOG, 2: _pages(b"3 0 R", 1), 3: _PAGE}
    objects |= dict.fromkeys(range(4, 1_000_004), b"<< /A 1 >>")
    return written(objects)


def _million_without_table() -> bytes:
    """The same without a cross-reference table: a reader has to look for each."""
    body = b"".join(b"%d 0 obj\n<<>>\nendobj\n" % n for n in range(4, 100_000))
    head = b"%PDF-1.4\n1 0 obj\n" + _CATALOG + b"\nendobj\n2 0 obj\n" + _pages(b"3 0 R", 1)
    return head + b"\nendobj\n3 0 obj\n" + _PAGE + b"\nendobj\n" + body


def _page_circle() -> bytes:
    return written({1: _CATALOG, 2: _pages(b"2 0 R 3 0 R", 2), 3: _PAGE})


def _page_circle_far() -> bytes:
    nodes = {n: _pages(b"%d 0 R" % (n + 1), 1) for n in range(2, 500)}
    return written({1: _CATALOG, **nodes, 500: _pages(b"2 0 R", 1)})


def _deep_pages() -> bytes:
    nodes = {n: _pages(b"%d 0 R" % (n + 1), 1) for n in range(2, 50_000)}
    return written({1: _CATALOG, **nodes, 50_000: _PAGE})


def _one_page_often() -> bytes:
    return written({1: _CATALOG, 2: _pages(b"3 0 R " * 1_000_000, 1_000_000), 3: _PAGE})


def _claimed_pages() -> bytes:
    return written({1: _CATALOG, 2: _pages(b"3 0 R", 2**31 - 1), 3: _PAGE})


def _table_circle() -> bytes:
    made = one_page(show("x"))
    start = int(made.rsplit(b"startxref", 1)[1].split()[0])
    return made.replace(b"trailer\n<<", b"trailer\n<< /Prev %d " % start)


def _content_bomb() -> bytes:
    data = zlib.compress(b" " * 900_000_000, 1)
    return one_page(b"").replace(_EMPTY, stream(data, "/Filter /FlateDecode"))


def _bomb_in_bomb() -> bytes:
    """Three times packed: a hundred kilobytes, twenty gigabytes."""
    once = zlib.compress(b" " * 200_000_000, 9)
    data = zlib.compress(once * 100, 9)
    entries = "/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    return one_page(b"").replace(_EMPTY, stream(data, entries))


def _object_stream_bomb() -> bytes:
    body = b" ".join(b"%d 0" % n for n in range(10, 110)) + b" "
    data = zlib.compress(body + b" " * 900_000_000, 1)
    pdf = Pdf([Page(show("x"))])
    pdf.stream(data, f"/Type /ObjStm /N 100 /First {len(body)} /Filter /FlateDecode")
    return pdf.build()


def _own_form() -> bytes:
    """A form that paints itself."""
    pdf = Pdf([Page(b"/F Do", resources="/XObject << /F 6 0 R >>")])
    pdf.stream(
        b"/F Do /F Do /F Do " * 5,
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 6 0 R >> >>",
    )
    return pdf.build()


def _forms_in_forms() -> bytes:
    """Ten forms, each of which paints the next ten times: ten billion texts."""
    pdf = Pdf([Page(b"/F Do", resources="/XObject << /F 6 0 R >>")])
    for number in range(10):
        following = f"/Resources << /XObject << /F {7 + number} 0 R >> >>"
        pdf.stream(b"/F Do " * 10, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {following}")
    pdf.stream(show("x"), "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf.build()


def _outline_circle() -> bytes:
    pdf = Pdf([Page(show("x"))], catalog=b"/Outlines 6 0 R")
    pdf.add(b"<< /Type /Outlines /First 7 0 R /Last 7 0 R >>")
    pdf.add(b"<< /Title (a) /Parent 6 0 R /Next 8 0 R /First 7 0 R >>")
    pdf.add(b"<< /Title (b) /Parent 6 0 R /Next 7 0 R /First 6 0 R >>")
    return pdf.build()


def _name_circle() -> bytes:
    pdf = Pdf([Page(show("x"))], catalog=b"/Names << /EmbeddedFiles 6 0 R /JavaScript 6 0 R >>")
    pdf.add(b"<< /Kids [6 0 R 6 0 R 7 0 R] >>")
    pdf.add(b"<< /Kids [6 0 R] /Names [(a) 7 0 R] >>")
    return pdf.build()


def _form_circle() -> bytes:
    pdf = Pdf([Page(show("x"))], catalog=b"/AcroForm << /Fields [6 0 R] >>")
    pdf.add(b"<< /T (a) /FT /Tx /V (b) /Kids [6 0 R 7 0 R] /Parent 7 0 R >>")
    pdf.add(b"<< /T (c) /Kids [6 0 R] /Parent 6 0 R >>")
    return pdf.build()


def _structure_circle() -> bytes:
    pdf = Pdf([Page(show("x"))], catalog=b"/StructTreeRoot 6 0 R")
    pdf.add(b"<< /Type /StructTreeRoot /K [7 0 R 7 0 R] >>")
    pdf.add(b"<< /S /P /P 6 0 R /ActualText (a) /K [6 0 R 7 0 R 7 0 R] >>")
    return pdf.build()


def _annotations() -> bytes:
    pdf = Pdf([])
    pdf.pages = [Page(show("x"), entries="/MediaBox [0 0 595 842] /Annots 6 0 R")]
    pdf.add(b"[" + b"7 0 R " * 20_000 + b"]")
    pdf.add(b"<< /Subtype /Text /Rect [0 0 9 9] /Contents (a) /Popup 7 0 R /IRT 7 0 R >>")
    return pdf.build()


def _nested(opening: bytes, closing: bytes) -> Callable[[], bytes]:
    def build() -> bytes:
        pdf = Pdf([Page(show("x"))], catalog=b"/Deep 6 0 R /Metadata 6 0 R")
        pdf.add(opening * 300_000 + closing * 300_000)
        return pdf.build()

    return build


def _attached() -> bytes:
    """A document in a document in a document ..."""
    made = one_page(show("x"))
    for _ in range(40):
        pdf = Pdf(
            [Page(show("x"))], catalog=b"/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >>"
        )
        pdf.stream(made, "/Type /EmbeddedFile")
        pdf.add(b"<< /Type /Filespec /F (a.pdf) /EF << /F 6 0 R >> >>")
        made = pdf.build()
    return made


def _picture(width: int, height: int, data: bytes, entries: str) -> bytes:
    pdf = Pdf([Page(b"q 595 0 0 842 0 0 cm /I Do Q", resources="/XObject << /I 6 0 R >>")])
    pdf.stream(data, f"/Type /XObject /Subtype /Image /Width {width} /Height {height} {entries}")
    return pdf.build()


def _picture_bomb() -> bytes:
    row = zlib.compress(b"\xff" * 900_000_000, 1)
    entries = "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    return _picture(30_000, 10_000, row, entries)


def _revisions() -> bytes:
    made = one_page(show("x"))
    for _ in range(300):
        made = appended(made, {4: b"<< /A 1 >>"})
    return made


def _encodings() -> bytes:
    """A character map that says a letter is a hundred thousand letters."""
    pdf = Pdf([Page(b"BT /F1 12 Tf 72 700 Td <" + b"0041" * 50_000 + b"> Tj ET")])
    made = pdf.build()
    old = made.index(b"<0000> <FFFF> <0000>")
    return made[:old] + b"<0000> <FFFF> [" + b"<0041>" * 60_000 + b"]" + made[old + 20 :]


def _content(data: bytes, entries: str) -> bytes:
    """One page with this as its content stream."""
    return one_page(b"").replace(_EMPTY, stream(data, entries))


def _filters() -> bytes:
    """A stream that says it was packed a thousand times."""
    return _content(zlib.compress(show("x")), f"/Filter [{'/FlateDecode ' * 1_000}]")


def _run_lengths() -> bytes:
    """A hundred times longer at each of three steps, without zlib."""
    once = b"\x81\x81" * 200_000 + b"\x80"
    entries = "/Filter [/FlateDecode /RunLengthDecode /RunLengthDecode /RunLengthDecode]"
    return _content(zlib.compress(once), entries)


def _predicted() -> bytes:
    """A predictor with rows of two milliards."""
    parts = "/Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16"
    return _content(
        zlib.compress(show("x") * 1_000), f"/Filter /FlateDecode /DecodeParms << {parts} >>"
    )


def _wide_table() -> bytes:
    """A cross-reference stream of two milliard entries in a hundred bytes."""
    made = one_page(show("x"))
    start = made.rindex(b"xref\n0")
    table = stream(
        zlib.compress(b"\1" * 100),
        "/Type /XRef /W [1 8 8] /Size 2147483647 /Index [0 2147483647 0 2147483647] /Root 1 0 R"
        " /Filter /FlateDecode",
    )
    return made[:start] + b"99 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % start


def _own_glyph() -> bytes:
    """A letter of a Type 3 font that is drawn by writing itself, three times."""
    pdf = Pdf([Page(b"BT /F9 12 Tf 72 700 Td (aaa) Tj ET", resources="/Font << /F9 6 0 R >>")])
    pdf.add(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0]"
        b" /CharProcs << /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97"
        b" /LastChar 97 /Widths [9] /Resources << /Font << /F9 6 0 R >> >> >>"
    )
    pdf.stream(b"9 0 d0 BT /F9 12 Tf (aaa) Tj ET " * 3)
    return pdf.build()


def _own_pattern() -> bytes:
    """A pattern painted with itself, and a soft mask that is its own mask."""
    used = "/Pattern << /P 6 0 R >> /ExtGState << /G << /SMask << /S /Alpha /G 7 0 R >> >> >>"
    content = b"/G gs /Pattern cs /P scn 0 0 595 842 re f "
    pdf = Pdf([Page(content + show("x"), resources=used)])
    pdf.stream(
        content,
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep .001"
        f" /YStep .001 /Resources << {used} >>",
    )
    pdf.stream(
        content,
        f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >>"
        f" /Resources << {used} >>",
    )
    return pdf.build()


def _font(program: bytes, kind: str, subtype: str = "") -> Callable[[], bytes]:
    """Letters in a font whose program is broken."""

    def build() -> bytes:
        pdf = Pdf([Page(b"BT /F9 12 Tf 72 700 Td (abc) Tj ET", resources="/Font << /F9 6 0 R >>")])
        name = "Type1" if kind in {"FontFile", "FontFile3"} else "TrueType"
        pdf.add(
            f"<< /Type /Font /Subtype /{name} /BaseFont /AAAAAA+X /FirstChar 0 /LastChar 255"
            f" /Widths [{'600 ' * 256}] /FontDescriptor 7 0 R >>".encode()
        )
        pdf.add(
            b"<< /Type /FontDescriptor /FontName /AAAAAA+X /Flags 4 /FontBBox [0 0 1 1] /StemV 80"
            b" /ItalicAngle 0 /Ascent 9 /Descent 0 /CapHeight 9 /%s 8 0 R >>" % kind.encode()
        )
        pdf.stream(program, f"/Length1 {len(program)} {subtype}")
        return pdf.build()

    return build


def _true_type() -> bytes:
    """Every table there is claims to be four gigabytes long, or to begin at the end."""
    names = (
        b"head",
        b"hhea",
        b"maxp",
        b"hmtx",
        b"cmap",
        b"loca",
        b"glyf",
        b"post",
        b"fpgm",
        b"name",
    )
    tables = b"".join(
        name + struct.pack(">III", 0, 12 + 16 * n, 0xFFFFFFFF) for n, name in enumerate(names)
    )
    return struct.pack(">IHHHH", 0x00010000, len(names), 128, 3, 32) + tables + b"\xff" * 5_000


def _maps_in_circles() -> bytes:
    """A character map that uses itself, for codes of four bytes."""
    made = one_page(show("x"))
    pdf = Pdf([Page(show("x"))])
    pdf.add(b"<< /Type /CMap /CMapName /A /UseCMap 6 0 R >>")
    return made + pdf.build().replace(b"/ToUnicode 5 0 R", b"/ToUnicode 6 0 R /Encoding 6 0 R")


def _attachments() -> bytes:
    pdf = Pdf([Page(show("x"))], catalog=b"/Names << /EmbeddedFiles 6 0 R >>")
    pdf.add(b"<< /Names [" + b"(a) 7 0 R " * 15_000 + b"] >>")
    pdf.add(b"<< /Type /Filespec /F (a.txt) /EF << /F 8 0 R >> >>")
    pdf.stream(b"text", "/Type /EmbeddedFile")
    return pdf.build()


def _fields() -> bytes:
    """Fifty thousand fields, each the child of the one before."""
    pdf = Pdf([Page(show("x"))], catalog=b"/AcroForm << /Fields [6 0 R] >>")
    for number in range(7, 50_007):
        pdf.add(b"<< /T (a) /FT /Tx /V (b) /Parent %d 0 R /Kids [%d 0 R] >>" % (number - 2, number))
    pdf.add(b"<< /T (a) >>")
    return pdf.build()


ENDLESS = _own_pattern
"""pdfium follows a mask that is its own mask for longer than anybody waits."""
CASES: dict[str, Callable[[], bytes]] = {
    "a million objects.pdf": _million_objects,
    "no table.pdf": _million_without_table,
    "page circle.pdf": _page_circle,
    "far page circle.pdf": _page_circle_far,
    "deep pages.pdf": _deep_pages,
    "one page often.pdf": _one_page_often,
    "claimed pages.pdf": _claimed_pages,
    "table circle.pdf": _table_circle,
    "content bomb.pdf": _content_bomb,
    "bomb in bomb.pdf": _bomb_in_bomb,
    "object stream bomb.pdf": _object_stream_bomb,
    "own form.pdf": _own_form,
    "forms in forms.pdf": _forms_in_forms,
    "outline circle.pdf": _outline_circle,
    "name circle.pdf": _name_circle,
    "form circle.pdf": _form_circle,
    "structure circle.pdf": _structure_circle,
    "annotations.pdf": _annotations,
    "deep array.pdf": _nested(b"[", b"]"),
    "deep dictionary.pdf": _nested(b"<</A ", b">>"),
    "attached.pdf": _attached,
    "picture bomb.pdf": _picture_bomb,
    "picture claim.pdf": lambda: _picture(
        30_000, 12_000, b"", "/ColorSpace /DeviceRGB /BitsPerComponent 8"
    ),
    "revisions.pdf": _revisions,
    "character map.pdf": _encodings,
    "filters.pdf": _filters,
    "run lengths.pdf": _run_lengths,
    "a predictor.pdf": _predicted,
    "a wide table.pdf": _wide_table,
    "own glyph.pdf": _own_glyph,
    "broken TrueType.pdf": _font(_true_type(), "FontFile2"),
    "broken Type 1.pdf": _font(
        b"%!PS-AdobeFont-1.0: A\n/Subrs 2147483647 array\neexec" + b"\xff" * 999, "FontFile"
    ),
    "broken CFF.pdf": _font(b"\1\0\4\4" + b"\xff" * 2_000, "FontFile3", "/Subtype /Type1C"),
    "maps in circles.pdf": _maps_in_circles,
    "attachments.pdf": _attachments,
    "fields.pdf": _fields,
    "fax claim.pdf": lambda: _picture(
        60_000,
        60_000,
        b"\0" * 99,
        "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode"
        " /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>",
    ),
    "JBIG2 claim.pdf": lambda: _picture(
        60_000,
        60_000,
        b"\0\0\0\0\x30\0\1\0\0\0\x13\0\0\xea\x60\0\0\xea\x60" + b"\0" * 11,
        "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode",
    ),
    "many texts.pdf": lambda: one_page(show("x") * 300_000),
    "states.pdf": lambda: one_page(b"q " * 1_000_000 + show("x")),
    "texts apart.pdf": lambda: one_page(
        b"".join(show("x", x=n % 590, y=n % 840) for n in range(100_000))
    ),
}
