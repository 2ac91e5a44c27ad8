"""Word specimens built in code: a marker in exactly one place of an otherwise plain document."""

import io
import struct
import zipfile
from dataclasses import dataclass

from formats.reading import Part

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
WORD_TYPE = f"{OFFICE_TYPE}wordprocessingml."
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
MARKER = "青桐沟标记19283746"
CHANGE = 'w:id="9" w:author="覃小满" w:date="2026-03-01T10:20:00Z"'
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@dataclass(frozen=True)
class Extra:
    """One more part of the package; `source` is the part that points at it, "" for the root."""

    name: str
    data: bytes
    type: str
    content_type: str
    source: str = "word/document.xml"


def run(text: str, properties: str = "") -> str:
    """One w:r."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """One w:p of ready-made content."""
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{look}{''.join(content)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A w:tbl; a cell is text, or ready-made content when it begins with `<`."""
    made = []
    for row in rows:
        cells = [cell if cell.startswith("<") else paragraph(run(cell)) for cell in row]
        made.append("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(made)}</w:tbl>"


def part(root: str, content: str) -> bytes:
    """A part with all the namespaces declared."""
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{declared}<{root} {SPACES}>{content}</{root}>".encode()


def relationships(lines: list[tuple[str, str, str, bool]]) -> bytes:
    """A .rels part of (id, type, target, external)."""
    made = "".join(
        f'<Relationship Id="{i}" Type="{t if "://" in t else f"{R}/{t}"}" Target="{g}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if x else ''}/>"
        for i, t, g, x in lines
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{made}</Relationships>'.encode()


def docx(
    body: str = "",
    *extras: Extra,
    links: tuple[tuple[str, str, str], ...] = (),
    main_type: str = f"{WORD_TYPE}document.main+xml",
    section: str = SECTION,
    unreached: dict[str, bytes] | None = None,
) -> bytes:
    """A package: `extras` get ids rId1, rId2 ... by source; `links` are (id, type, address)."""
    parts: dict[str, bytes] = {
        "word/document.xml": part("w:document", f"<w:body>{body}{section}</w:body>")
    }
    types = {"word/document.xml": main_type}
    rels: dict[str, list[tuple[str, str, str, bool]]] = {
        "": [("rId0", "officeDocument", "word/document.xml", False)],
        "word/document.xml": [(i, t, g, True) for i, t, g in links],
    }
    for extra in extras:
        parts[extra.name] = extra.data
        types[extra.name] = extra.content_type
        lines = rels.setdefault(extra.source, [])
        lines.append((f"rId{len(lines) + 1}", extra.type, f"/{extra.name}", False))
    parts |= unreached or {}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>',
        )
        for source, lines in rels.items():
            folder, _, leaf = source.rpartition("/")
            name = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
            archive.writestr(name, relationships(lines))
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def inline(content: str, described: str = 'id="1" name="图片 1"') -> str:
    """A run with an inline drawing."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        f"<wp:docPr {described}/><a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture(rid: str, described: str = 'id="1" name="图片 1"', crop: str = "") -> str:
    """An inline picture of relationship `rid`."""
    return inline(
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="图片 1"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rid}"/>{crop}<a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>',
        described,
    )


def text_box(content: str, fallback: str | None = None) -> str:
    """A DrawingML text box with its VML fallback, as Word writes it."""
    other = content if fallback is None else fallback
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="1800000" cy="900000"/><wp:docPr id="2" name="文本框 2"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="1800000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:shape style="width:100pt;height:50pt"><v:textbox><w:txbxContent>'
        f"{other}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(code: str, result: str = "结果") -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def header(text: str, kind: str = "header", number: int = 1) -> Extra:
    """A header or footer part."""
    root = "w:hdr" if kind == "header" else "w:ftr"
    return Extra(
        f"word/{kind}{number}.xml", part(root, paragraph(run(text))), kind, f"{WORD_TYPE}{kind}+xml"
    )


def section_with(references: str, more: str = "") -> str:
    """A w:sectPr that points at headers and footers."""
    return f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>{more}</w:sectPr>'


def notes(kind: str, text: str) -> Extra:
    """footnotes.xml or endnotes.xml with one note, number 2."""
    content = f'<w:{kind} w:id="2">{paragraph(run(text))}</w:{kind}>'
    return Extra(
        f"word/{kind}s.xml", part(f"w:{kind}s", content), f"{kind}s", f"{WORD_TYPE}{kind}s+xml"
    )


def properties_part(kind: str, text: str) -> Extra:
    """core, extended or custom properties with one text."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    if kind == "core":
        data = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:creator>{text}</dc:creator></cp:coreProperties>"
        )
        rel = (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        )
        return Extra(
            "docProps/core.xml",
            data.encode(),
            rel,
            "application/vnd.openxmlformats-package.core-properties+xml",
            "",
        )
    if kind == "app":
        space = f"{office}/extended-properties"
        data = f'<Properties xmlns="{space}"><Company>{text}</Company></Properties>'
        return Extra(
            "docProps/app.xml",
            data.encode(),
            "extended-properties",
            f"{OFFICE_TYPE}extended-properties+xml",
            "",
        )
    data = (
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="备注栏">'
        f"<vt:lpwstr>{text}</vt:lpwstr></property></Properties>"
    )
    return Extra(
        "docProps/custom.xml",
        data.encode(),
        "custom-properties",
        f"{OFFICE_TYPE}custom-properties+xml",
        "",
    )


def styles(content: str) -> Extra:
    """styles.xml."""
    return Extra("word/styles.xml", part("w:styles", content), "styles", f"{WORD_TYPE}styles+xml")


def settings(content: str) -> Extra:
    """settings.xml."""
    return Extra(
        "word/settings.xml", part("w:settings", content), "settings", f"{WORD_TYPE}settings+xml"
    )


def image(data: bytes = PNG, name: str = "word/media/image1.png") -> Extra:
    """A picture part."""
    return Extra(name, data, "image", "image/png")


def comments(text: str) -> Extra:
    """comments.xml with one comment, number 0."""
    who = CHANGE.replace("9", "0", 1)
    content = f'<w:comment {who} w:initials="覃">{paragraph(run(text))}</w:comment>'
    return Extra(
        "word/comments.xml", part("w:comments", content), "comments", f"{WORD_TYPE}comments+xml"
    )


def ole_native(name: str, data: bytes) -> bytes:
    """The stream of an OLE package object ([MS-OLEDS] 2.3.6), without its compound file."""
    label = name.encode("gb18030") + b"\0"
    inner = b"\x02\0" + label + label + b"\0\0\x03\0" + struct.pack("<I", len(label)) + label
    inner += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(inner)) + inner


@dataclass(frozen=True)
class Specimen:
    """A document with MARKER in one place, and what reading it must say."""

    data: bytes
    part: Part
    visible: bool
    note: str = ""
