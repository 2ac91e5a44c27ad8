"""PowerPoint specimens built in code: slides, layouts, masters and what hangs on them."""

import io
import zipfile
from dataclasses import dataclass, field

from tests.build.word import MARKER, OFFICE_TYPE, PNG, Extra, R, relationships

P_TYPE = f"{OFFICE_TYPE}presentationml."
SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
    'xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"'
)
WIDTH, HEIGHT = 9_144_000, 6_858_000
_COLORS = (("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "1F497D"), ("lt2", "EEECE1"),
           ("accent1", "4F81BD"), ("accent2", "C0504D"), ("accent3", "9BBB59"),
           ("accent4", "8064A2"), ("accent5", "4BACC6"), ("accent6", "F79646"),
           ("hlink", "0000FF"), ("folHlink", "800080"))  # fmt: skip
_FONT = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILLS = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
_LINES = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
_EFFECTS = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
THEME = (
    f'<a:theme {SPACES} name="Office"><a:themeElements><a:clrScheme name="Office">'
    + "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLORS)
    + f'</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{_FONT}</a:majorFont><a:minorFont>'
    f'{_FONT}</a:minorFont></a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{_FILLS}'
    f"</a:fillStyleLst><a:lnStyleLst>{_LINES}</a:lnStyleLst><a:effectStyleLst>{_EFFECTS}"
    f"</a:effectStyleLst><a:bgFillStyleLst>{_FILLS}</a:bgFillStyleLst></a:fmtScheme>"
    "</a:themeElements></a:theme>"
)
COLOR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)


def solid(color: str) -> str:
    """An a:solidFill of RRGGBB."""
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def run(text: str, look: str = "", attributes: str = "") -> str:
    """One a:r."""
    return f'<a:r><a:rPr lang="zh-CN" {attributes}>{look}</a:rPr><a:t>{text}</a:t></a:r>'


def line(*runs: str) -> str:
    """One a:p."""
    return f"<a:p>{''.join(runs)}</a:p>"


def frame(left: int, top: int, width: int, height: int, tag: str = "a:xfrm") -> str:
    """A place in EMU."""
    return f'<{tag}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></{tag}>'


USUAL = frame(900_000, 900_000, 5_000_000, 900_000)


def shape(
    content: str,
    *,
    at: str = USUAL,
    fill: str = "",
    described: str = 'name="文本框 3"',
    holder: str = "",
    inside: str = "",
    number: int = 3,
) -> str:
    """A p:sp; `content` are its paragraphs, `holder` a p:ph, `inside` what its cNvPr holds."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" {described}>{inside}</p:cNvPr><p:cNvSpPr/>'
        f"<p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{at}"
        f"{'' if holder else '<a:prstGeom prst=' + chr(34) + 'rect' + chr(34) + '><a:avLst/>'}"
        f"{'' if holder else '</a:prstGeom>'}{fill}</p:spPr>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{content or '<a:p/>'}</p:txBody></p:sp>"
    )


def text(words: str, look: str = "", attributes: str = "", **more: str) -> str:
    """A text box of one run."""
    return shape(line(run(words, look, attributes)), **more)  # type: ignore[arg-type]


def picture(rid: str, described: str = 'name="图片 5"') -> str:
    """A p:pic of relationship `rid`."""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="5" {described}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{USUAL}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def graphic(uri: str, content: str) -> str:
    """A p:graphicFrame."""
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="6" name="表格 6"/><p:cNvGraphicFramePr/>'
        f"<p:nvPr/></p:nvGraphicFramePr>{frame(900_000, 2_000_000, 6_000_000, 900_000, 'p:xfrm')}"
        f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is text, or ready-made a:tc when it begins with `<`."""
    made = ""
    for row in rows:
        cells = "".join(cell if cell.startswith("<") else tc(line(run(cell))) for cell in row)
        made += f'<a:tr h="370000">{cells}</a:tr>'
    grid = "".join('<a:gridCol w="2000000"/>' for _ in rows[0])
    return graphic(
        "http://schemas.openxmlformats.org/drawingml/2006/table",
        f"<a:tbl><a:tblPr/><a:tblGrid>{grid}</a:tblGrid>{made}</a:tbl>",
    )


def tc(content: str, attributes: str = "") -> str:
    """A table cell."""
    return f"<a:tc {attributes}><a:txBody><a:bodyPr/>{content}</a:txBody><a:tcPr/></a:tc>"


@dataclass(frozen=True)
class Slide:
    """One slide: shapes, attributes of p:sld, what stands before p:spTree (a p:bg), what follows
    p:clrMapOvr, and parts of its own (rId2 onwards; rId1 is the layout)."""

    shapes: str = ""
    attributes: str = ""
    before: str = ""
    after: str = ""
    extras: tuple[Extra, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    notes: str = ""
    layout: int = 1


def _tree(shapes: str, before: str = "") -> str:
    return (
        f'<p:cSld>{before}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>'
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    )


def _part(root: str, content: str) -> bytes:
    name = root.partition(" ")[0]
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{declared}<{root} {SPACES}>{content}</{name}>".encode()


@dataclass
class _Deck:
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    rels: dict[str, list[tuple[str, str, str, bool]]] = field(default_factory=dict)

    def put(self, name: str, data: bytes, kind: str) -> None:
        self.parts[name] = data
        self.types[name] = kind

    def point(self, source: str, kind: str, target: str, external: bool = False) -> str:
        lines = self.rels.setdefault(source, [])
        lines.append((f"rId{len(lines) + 1}", kind, target, external))
        return lines[-1][0]


def pptx(
    *slides: Slide | str,
    extras: tuple[Extra, ...] = (),
    master: str = "",
    layouts: tuple[str, ...] = ("",),
    styles: str = "",
    more: str = "",
    left_out: tuple[Slide, ...] = (),
    unreached: dict[str, bytes] | None = None,
) -> bytes:
    """A deck. `master` and `layouts` are their shapes; `extras` hang on the presentation; `more`
    follows p:notesSz; `left_out` are slides with a relationship but outside the order."""
    deck = _Deck()
    made = [Slide(s) if isinstance(s, str) else s for s in slides]
    main = "ppt/presentation.xml"
    deck.point("", "officeDocument", f"/{main}")
    master_id = deck.point(main, "slideMaster", "/ppt/slideMasters/slideMaster1.xml")
    ids = []
    for number, slide in enumerate([*made, *left_out], 1):
        name = f"ppt/slides/slide{number}.xml"
        rid = deck.point(main, "slide", f"/{name}")
        if number <= len(made):
            ids.append(f'<p:sldId id="{255 + number}" r:id="{rid}"/>')
        _put_slide(deck, name, slide, number)
    for extra in extras:
        deck.put(extra.name, extra.data, extra.content_type)
        deck.point(main if extra.source == "word/document.xml" else extra.source, extra.type,
                   f"/{extra.name}")  # fmt: skip
    _put_models(deck, master, layouts, styles)
    deck.put(
        main,
        _part(
            "p:presentation",
            f'<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="{master_id}"/>'
            f"</p:sldMasterIdLst><p:sldIdLst>{''.join(ids)}</p:sldIdLst>"
            f'<p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/><p:notesSz cx="{HEIGHT}" cy="{WIDTH}"/>{more}',
        ),
        f"{P_TYPE}presentation.main+xml",
    )
    return _packed(deck, unreached or {})


def _put_slide(deck: _Deck, name: str, slide: Slide, number: int) -> None:
    deck.point(name, "slideLayout", f"/ppt/slideLayouts/slideLayout{slide.layout}.xml")
    for extra in slide.extras:
        deck.put(extra.name, extra.data, extra.content_type)
        source = name if extra.source == "word/document.xml" else extra.source
        deck.point(source, extra.type, f"/{extra.name}")
    deck.rels[name] += [(i, t, g, True) for i, t, g in slide.links]
    deck.put(
        name,
        _part(
            f"p:sld {slide.attributes}",
            f"{_tree(slide.shapes, slide.before)}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
            f"{slide.after}",
        ),
        f"{P_TYPE}slide+xml",
    )
    if slide.notes:
        notes = f"ppt/notesSlides/notesSlide{number}.xml"
        deck.point(name, "notesSlide", f"/{notes}")
        deck.point(notes, "slide", f"/{name}")
        holder = '<p:ph type="body" idx="1"/>'
        body = shape(line(run(slide.notes)), at="", holder=holder, described='name="备注占位符 2"')
        deck.put(notes, _part("p:notes", _tree(body)), f"{P_TYPE}notesSlide+xml")


def _put_models(deck: _Deck, master: str, layouts: tuple[str, ...], styles: str) -> None:
    above = "ppt/slideMasters/slideMaster1.xml"
    ids = ""
    for number, shapes in enumerate(layouts, 1):
        name = f"ppt/slideLayouts/slideLayout{number}.xml"
        deck.point(name, "slideMaster", f"/{above}")
        rid = deck.point(above, "slideLayout", f"/{name}")
        ids += f'<p:sldLayoutId id="{2147483648 + number}" r:id="{rid}"/>'
        deck.put(name, _part("p:sldLayout", _tree(shapes)), f"{P_TYPE}slideLayout+xml")
    deck.point(above, "theme", "/ppt/theme/theme1.xml")
    deck.put("ppt/theme/theme1.xml", THEME.encode(), f"{OFFICE_TYPE}theme+xml")
    content = (
        f"{_tree(master)}{COLOR_MAP}<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f"<p:txStyles>{styles or '<p:titleStyle/><p:bodyStyle/><p:otherStyle/>'}</p:txStyles>"
    )
    deck.put(above, _part("p:sldMaster", content), f"{P_TYPE}slideMaster+xml")


def _packed(deck: _Deck, unreached: dict[str, bytes]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in deck.types.items()
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
        for source, lines in deck.rels.items():
            folder, _, leaf = source.rpartition("/")
            name = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
            archive.writestr(name, relationships(lines))
        for name, data in (deck.parts | unreached).items():
            archive.writestr(name, data)
    return out.getvalue()


def image(name: str = "ppt/media/image1.png") -> Extra:
    """A picture part."""
    return Extra(name, PNG, "image", "image/png")


def comment(text_: str) -> tuple[Extra, Extra]:
    """An old comment on a slide, and the list of authors that hangs on the presentation."""
    body = (
        f'<p:cm authorId="0" dt="2026-03-01T10:20:00.000" idx="1"><p:pos x="10" y="10"/>'
        f"<p:text>{text_}</p:text></p:cm>"
    )
    who = '<p:cmAuthor id="0" name="覃小满" initials="覃" lastIdx="1" clrIdx="0"/>'
    return (
        Extra("ppt/comments/comment1.xml", _part("p:cmLst", body), "comments",
              f"{P_TYPE}comments+xml"),
        Extra("ppt/commentAuthors.xml", _part("p:cmAuthorLst", who), "commentAuthors",
              f"{P_TYPE}commentAuthors+xml"),
    )  # fmt: skip


def thread(text_: str, reply: str) -> tuple[Extra, Extra]:
    """A threaded comment with one reply, and its authors."""
    space = "http://schemas.microsoft.com/office/2018/10/relationships"
    kind = "application/vnd.ms-powerpoint."
    who = '<p188:author id="{A1}" name="覃小满" initials="覃" userId="{ACCOUNT}" providerId="AD"/>'

    def said(words: str) -> str:
        return f"<p188:txBody><a:bodyPr/><a:lstStyle/>{line(run(words))}</p188:txBody>"

    body = (
        '<p188:cm id="{C1}" authorId="{A1}" created="2026-03-01T10:20:00.000"><p188:replyLst>'
        '<p188:reply id="{C2}" authorId="{A1}" created="2026-03-02T08:00:00.000">'
        f"{said(reply)}</p188:reply></p188:replyLst>{said(text_)}</p188:cm>"
    )
    return (
        Extra("ppt/comments/modernComment_1.xml", _part("p188:cmLst", body), f"{space}/comments",
              f"{kind}comments+xml"),
        Extra("ppt/authors.xml",
              _part("p188:authorLst", who.replace("{ACCOUNT}", MARKER + "@example.com")),
              f"{space}/authors", f"{kind}authors+xml"),
    )  # fmt: skip
