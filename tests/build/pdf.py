"""PDFs written object by object, with Chinese text that needs no font file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FONT, CID_FONT, TO_UNICODE = 3, 4, 5
FIRST_FREE = 6
# A font that every program has: unlike /F1, what it says is also drawn.
LATIN = "/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
# Character codes are UTF-16 units: one range says so for all of them (9.10.3).
_MAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    b"endcmap end end"
)


def text_string(value: str) -> bytes:
    """A PDF text string in UTF-16."""
    return b"<FEFF" + value.encode("utf-16-be").hex().upper().encode() + b">"


def show(value: str, x: float = 72, y: float = 700, size: float = 12, more: str = "") -> bytes:
    """Content that paints a text; `more` are operators before it, as `1 1 1 rg` or `3 Tr`."""
    code = value.encode("utf-16-be").hex()
    return f"q {more} BT /F1 {size} Tf {x} {y} Td <{code}> Tj ET Q\n".encode()


def draw(value: str, x: float = 72, y: float = 700, size: float = 12, more: str = "") -> bytes:
    """As `show`, of ASCII, in a font that is drawn wherever the test runs."""
    return f"q {more} BT /F2 {size} Tf {x} {y} Td ({value}) Tj ET Q\n".encode()


@dataclass
class Page:
    """A page: its content, and further entries of its dictionary and resources."""

    content: bytes = b""
    entries: str = "/MediaBox [0 0 595 842]"
    resources: str = ""


@dataclass
class Pdf:
    """A document. `objects` are added by number; `catalog` and `trailer` are further entries."""

    pages: list[Page] = field(default_factory=list)
    objects: dict[int, bytes] = field(default_factory=dict)
    catalog: bytes = b""
    trailer: bytes = b""

    def add(self, body: bytes) -> str:
        """A new object; gives the reference to it."""
        number = FIRST_FREE + len(self.objects)
        self.objects[number] = body
        return f"{number} 0 R"

    def stream(self, data: bytes, entries: str = "") -> str:
        """A new stream object; gives the reference to it."""
        return self.add(stream(data, entries))

    def build(self) -> bytes:
        """The bytes of the file."""
        objects: dict[int, bytes] = {
            FONT: b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H"
            b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
            CID_FONT: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000"
            b" /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4"
            b" /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141"
            b" /CapHeight 859 /StemV 80 >> >>",
            TO_UNICODE: stream(_MAP),
        }
        objects |= self.objects
        kids = []
        number = max(objects) + 1
        for page in self.pages:
            objects[number] = stream(page.content)
            objects[number + 1] = (
                f"<< /Type /Page /Parent 2 0 R {page.entries} /Contents {number} 0 R"
                f" /Resources << /Font << /F1 {FONT} 0 R {LATIN} >> {page.resources} >> >>"
            ).encode()
            kids.append(f"{number + 1} 0 R")
            number += 2
        objects[1] = b"<< /Type /Catalog /Pages 2 0 R " + self.catalog + b" >>"
        objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
        return written(objects, self.trailer)


def stream(data: bytes, entries: str = "") -> bytes:
    """The body of a stream object."""
    head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode()
    return head + data + b"\nendstream"


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Objects with their cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        place = places.get(number)
        out += b"0000000000 65535 f \n" if place is None else f"{place:010} 00000 n \n".encode()
    out += f"trailer\n<< /Size {size} /Root 1 0 R ".encode() + trailer
    return bytes(out) + f" >>\nstartxref\n{start}\n%%EOF\n".encode()


def one_page(content: bytes, **page: str) -> bytes:
    """A document of one page with this content."""
    return Pdf([Page(content, **page)]).build()


def appended(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """An incremental save: changed objects after the old file (7.5.6)."""
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    out = bytearray(data)
    lines = []
    for number, body in objects.items():
        lines.append(f"{number} 1\n{len(out):010} 00000 n \n")
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    place = len(out)
    out += ("xref\n" + "".join(lines)).encode()
    out += f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R /Prev {start} >>\n".encode()
    return bytes(out) + f"startxref\n{place}\n%%EOF\n".encode()
