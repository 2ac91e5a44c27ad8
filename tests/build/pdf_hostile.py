"""PDFs made to cost a reader its time, its memory or its stack."""

import zlib

from tests.build.pdf import Page, Pdf, show, stream, written

MIB = 1024 * 1024


def deflated(size: int, filler: bytes = b" ") -> bytes:
    """`size` bytes of filler, deflated without ever being whole in memory."""
    engine = zlib.compressobj(9)
    piece = filler * (MIB // len(filler))
    out = b"".join(engine.compress(piece) for _ in range(size // MIB))
    return out + engine.flush()


def content_bomb(size: int) -> bytes:
    """A page whose content is `size` bytes when it is inflated."""
    pdf = Pdf([Page()])
    reference = pdf.add(stream(deflated(size, b"0 0 m\n  "), "/Filter /FlateDecode"))
    pdf.pages = [Page(show("正文"), f"/MediaBox [0 0 595 842] /Contents {reference} /Skip")]
    return pdf.build()


def form_bomb(size: int) -> bytes:
    """A page that paints a form of `size` bytes."""
    pdf = Pdf()
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode"
    form = pdf.add(stream(deflated(size, b"0 0 m\n  "), entries))
    pdf.pages = [Page(show("正文") + b"/Fm Do", resources=f"/XObject << /Fm {form} >>")]
    return pdf.build()


def many_objects(count: int) -> bytes:
    """A file of `count` small objects."""
    objects = dict.fromkeys(range(10, count + 10), b"<< /A 1 >>")
    return _with(objects)


def _with(objects: dict[int, bytes], pages: bytes = b"", catalog: bytes = b"") -> bytes:
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
            2: pages or b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            4: stream(b""),
            **objects,
        }
    )


def page_loop() -> bytes:
    """A page tree that holds itself."""
    return _with(
        {5: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 5 0 R 3 0 R] /Count 9 >>"},
        b"<< /Type /Pages /Kids [5 0 R 3 0 R] /Count 99 >>",
    )


def many_pages(count: int) -> bytes:
    """One page object, named `count` times."""
    kids = b"3 0 R " * count
    return _with({}, b"<< /Type /Pages /Count %d /Kids [" % count + kids + b"] >>")


def nested_arrays(depth: int) -> bytes:
    """An array in an array in an array, where a reader looks for names."""
    deep = b"[" * depth + b"]" * depth
    return _with({}, catalog=b"/Names << /Dests " + deep + b" >> /PieceInfo " + deep)


def nested_content(depth: int) -> bytes:
    """Content with arrays and dictionaries nested without end."""
    pdf = Pdf([Page(b"[" * depth + b"] TJ " + b"/A " + b"<< /B " * depth + b" BDC q " * depth)])
    return pdf.build()


def nested_forms(depth: int) -> bytes:
    """Forms that paint forms, each twice."""
    pdf = Pdf()
    head = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    inner = pdf.stream(b"0 0 1 1 re f", head)
    for _ in range(depth):
        inner = pdf.stream(b"/Fm Do /Fm Do", f"{head} /Resources << /XObject << /Fm {inner} >> >>")
    pdf.pages = [Page(show("正文") + b"/Fm Do", resources=f"/XObject << /Fm {inner} >>")]
    return pdf.build()


def object_stream_bomb(size: int) -> bytes:
    """An object stream (7.5.7) that inflates to `size` bytes; the catalog is in it."""
    body = b"1 0 " + b" " * 4096 + b"<< /Type /Catalog /Pages 2 0 R >>"
    engine = zlib.compressobj(9)
    packed = engine.compress(body)
    packed += b"".join(engine.compress(b" " * MIB) for _ in range(size // MIB)) + engine.flush()
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    objects = {
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        5: stream(packed, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),
    }
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    rows = [(0, 0, 255), (2, 5, 0), (1, places[2], 0), (1, places[3], 0), (0, 0, 0)]
    rows += [(1, places[5], 0), (1, start, 0)]
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows
    )
    entries = "/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R"
    out += b"6 0 obj\n" + stream(table, entries) + b"\nendobj\n"
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def huge_image(side: int, *, bomb: bool) -> bytes:
    """A picture that says it has `side` times `side` pixels, over text. `bomb`: it has them."""
    pdf = Pdf()
    entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side}"
    entries += " /ColorSpace /DeviceGray /BitsPerComponent 8"
    data, more = (deflated(side * side), " /Filter /FlateDecode") if bomb else (b"\x80", "")
    image = pdf.add(stream(data, entries + more))
    content = show("正文") + b"q 595 0 0 842 0 0 cm /Im Do Q" + show("白字", 72, 600, more="1 g")
    pdf.pages = [Page(content, resources=f"/XObject << /Im {image} >>")]
    return pdf.build()


def huge_page(side: int) -> bytes:
    """A page of `side` points, with something that only a drawing tells."""
    content = show("正文") + b"0 g 60 690 m 200 690 l 200 720 l 130 740 l 60 720 l f"
    return Pdf([Page(content, f"/MediaBox [0 0 {side} {side}]")]).build()


def attached_bomb(size: int) -> bytes:
    """A file inside that inflates to `size` bytes; packed it is small enough not to be noticed."""
    pdf = Pdf([Page(show("正文"))])
    spec = pdf.add(b"<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>")
    pdf.add(stream(deflated(size), "/Type /EmbeddedFile /Filter /FlateDecode"))
    pdf.catalog = f"/Names << /EmbeddedFiles << /Names [(a) {spec}] >> >>".encode()
    return pdf.build()


def script_bomb(size: int) -> bytes:
    """A script that inflates to `size` bytes."""
    pdf = Pdf([Page(show("正文"))], catalog=b"/OpenAction << /S /JavaScript /JS 6 0 R >>")
    pdf.add(stream(deflated(size, b"// "), "/Filter /FlateDecode"))
    return pdf.build()


def slow_text(count: int) -> bytes:
    """`count` texts on one page, under as many triangles: pdfium needs long for each of them."""
    content = show("正文") * count + b"0 g 60 690 m 200 690 l 130 740 l f\n" * count
    return Pdf([Page(content)]).build()
