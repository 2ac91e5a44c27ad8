"""OpenDocument packages written by hand (OASIS ODF 1.2), as small as programs open them."""

import io
import zipfile

MARKER = "白石沟镇青桐沟标记4503212026"
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMES.items())
_TYPES = {
    "odt": ("text", "text"),
    "ods": ("spreadsheet", "spreadsheet"),
    "odp": ("presentation", "presentation"),
}


def style(name: str, family: str, properties: str = "", more: str = "") -> str:
    """One style; `properties` are the attributes of its properties, `more` its own."""
    inside = f"<style:{'table-cell' if family == 'cell' else family}-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def part(root: str, inside: str) -> bytes:
    """A part of the package by the name of its root element."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {_SPACES} office:version="1.2">'
        f"{inside}</office:{root}>"
    ).encode()


def odf(
    kind: str, body: str, styles: str = "", *, masters: str = "", meta: str = "",
    common: str = "", more: dict[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """A package of a kind (odt, ods, odp): `styles` of the content, `common` and `masters` of the
    file, `more` members."""
    word, element = _TYPES[kind]
    content = (
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{element}>{body}</office:{element}></office:body>"
    )
    shared = (
        f"<office:styles>{common}</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="28cm" '
        'fo:page-height="21cm"/></style:page-layout></office:automatic-styles>'
        f"<office:master-styles>{masters}</office:master-styles>"
    )
    mime = f"application/vnd.oasis.opendocument.{word}"
    members = {
        "content.xml": part("document-content", content),
        "styles.xml": part("document-styles", shared),
        "meta.xml": part("document-meta", f"<office:meta>{meta}</office:meta>"),
    }
    entries = "".join(_entry(name, "text/xml") for name in members)
    listing = f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.2">'
    listing += f"{_entry('/', mime)}{entries}</manifest:manifest>"
    members |= {"META-INF/manifest.xml": listing.encode(), **(more or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", mime, zipfile.ZIP_STORED)  # part 3, 3.3: first, as it is
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def _entry(path: str, kind: str) -> str:
    return f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'


def p(*content: str, look: str = "") -> str:
    """A paragraph."""
    named = f' text:style-name="{look}"' if look else ""
    return f"<text:p{named}>{''.join(content)}</text:p>"


def span(text: str, look: str) -> str:
    """Letters with a style."""
    return f'<text:span text:style-name="{look}">{text}</text:span>'


def rows(*cells: str, more: str = "") -> str:
    """One row of cells, each the attributes and the content of one."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(content: str, more: str = "") -> str:
    """One cell."""
    return f"<table:table-cell {more}>{content}</table:table-cell>"


def sheet(inside: str, name: str = "名单", more: str = "") -> str:
    """One sheet."""
    return f'<table:table table:name="{name}" {more}>{inside}</table:table>'


def slide(inside: str, more: str = "") -> str:
    """One slide on the master "D"."""
    return f'<draw:page draw:name="p" draw:master-page-name="D" {more}>{inside}</draw:page>'


def box(inside: str, more: str = "", at: tuple[int, int] = (1, 1)) -> str:
    """A text box of 6 by 2 centimetres."""
    return (
        f'<draw:frame svg:x="{at[0]}cm" svg:y="{at[1]}cm" svg:width="6cm" svg:height="2cm" {more}>'
        f"<draw:text-box>{inside}</draw:text-box></draw:frame>"
    )
