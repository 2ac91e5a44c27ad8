"""What a .docx looks like where it counts: style chains resolved to fonts, sizes and indents.

Reads the parts with lxml, so that documents python-docx cannot open are still checked.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from exporters.gbt9704.layout import Layout, Look, Paragraph, Run, Section
from exporters.office_parts import DAMAGED, Parts, W
from formats.reading import TroubleCode, Unreadable

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DEEPEST = 40
FARTHEST = 1_000_000  # twips: a page is 17,000 high


def read(path: Path) -> Layout:
    """Raises Unreadable for anything that is no .docx."""
    with Parts(path) as parts:
        root = parts.xml("word/document.xml")
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise Unreadable(
                TroubleCode.NOT_SUPPORTED, "文件不是 Word 文档（.docx）。请另存为 .docx 后再检查。"
            )
        try:
            return _Reader(parts).layout(body)
        except (ValueError, KeyError, RecursionError) as error:
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from error


class _Reader:
    """Holds the style chains of one document while its paragraphs are resolved."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        styles = parts.xml("word/styles.xml")
        self.styles: dict[str, etree._Element] = {}
        self.defaults: list[etree._Element] = []
        self.normal = ""
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                name = style.get(f"{W}styleId") or ""
                self.styles[name] = style
                if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                    self.normal = name
            self.defaults = list(styles.iter(f"{W}rPrDefault", f"{W}pPrDefault"))
        self.theme = _theme(parts)

    def layout(self, body: etree._Element) -> Layout:
        paragraphs: list[Paragraph] = []
        colours: set[str] = set()
        broke = False
        for element in body.iter(f"{W}p"):
            above = {a.tag for a in element.iterancestors()}
            if f"{W}tbl" in above or f"{W}txbxContent" in above:
                colours |= {r.look.colour for r in self._runs(element) if r.text.strip()}
                continue
            made = self.paragraph(element, len(paragraphs) + 1, new_page=broke)
            paragraphs.append(made)
            ends = element.find(f"{W}pPr/{W}sectPr") is not None
            breaks = [b for b in element.iter(f"{W}br") if b.get(f"{W}type") == "page"]
            broke = ends or bool(breaks) or (broke and not made.text)
        settings = self.parts.xml("word/settings.xml")
        odd = settings is not None and _on(settings.find(f"{W}evenAndOddHeaders"))
        return Layout(tuple(paragraphs), tuple(self._sections(body)), odd, frozenset(colours))

    def paragraph(self, element: etree._Element, number: int, *, new_page: bool) -> Paragraph:
        chain = self._chain(element.find(f"{W}pPr/{W}pStyle"), "pPr", self.normal)
        chain += [p for p in (element.find(f"{W}pPr"),) if p is not None]
        ind: dict[str, int] = {}
        for properties in chain:
            found = properties.find(f"{W}ind")
            if found is not None:
                ind |= {etree.QName(k).localname: _int(str(v)) for k, v in found.attrib.items()}
        left = ind.get("left", ind.get("start", 0))
        right = ind.get("right", ind.get("end", 0))
        return Paragraph(
            number=number,
            runs=tuple(self._runs(element)),
            align=_last(chain, "jc", "val") or "both",
            first_line=ind.get("firstLine", 0) - ind.get("hanging", 0),
            first_chars=ind.get("firstLineChars"),
            left=left,
            left_chars=ind.get("leftChars"),
            right=right,
            right_chars=ind.get("rightChars"),
            line=_int(_last(chain, "spacing", "line") or "240"),
            line_rule=_last(chain, "spacing", "lineRule") or "auto",
            new_page=new_page or any(_on(p.find(f"{W}pageBreakBefore")) for p in chain),
            page_number=_shows_page_number(element),
        )

    def _runs(self, element: etree._Element) -> Iterator[Run]:
        style = element.find(f"{W}pPr/{W}pStyle")
        chain = self._chain(style, "rPr", self.normal)
        for run in element.iter(f"{W}r"):
            text = "".join(
                t.text or "" if t.tag == f"{W}t" else "\t" if t.tag == f"{W}tab" else ""
                for t in run.iter(f"{W}t", f"{W}tab")
            )
            own = run.find(f"{W}rPr")
            if own is not None and _on(own.find(f"{W}vanish")):
                continue
            named = own.find(f"{W}rStyle") if own is not None else None
            whole = chain + (
                self._chain(named, "rPr", "")[len(self.defaults) :] if named is not None else []
            )
            yield Run(text, self._look(whole + ([own] if own is not None else [])))

    def _chain(self, style: etree._Element | None, part: str, default: str) -> list[etree._Element]:
        """Property elements from the document's defaults down to the style itself."""
        name = (style.get(f"{W}val") if style is not None else None) or default
        found: list[etree._Element] = []
        seen: set[str] = set()
        while name in self.styles and name not in seen and len(seen) < DEEPEST:
            seen.add(name)
            properties = self.styles[name].find(f"{W}{part}")
            if properties is not None:
                found.insert(0, properties)
            based = self.styles[name].find(f"{W}basedOn")
            name = (based.get(f"{W}val") or "") if based is not None else ""
        defaults = [d.find(f"{W}{part}") for d in self.defaults]
        return [d for d in defaults if d is not None] + found

    def _look(self, chain: list[etree._Element]) -> Look:
        font = latin = ""
        for properties in chain:
            fonts = properties.find(f"{W}rFonts")
            if fonts is None:
                continue
            theme = fonts.get(f"{W}eastAsiaTheme")
            font = self.theme.get(theme or "", "") or fonts.get(f"{W}eastAsia") or font
            latin = fonts.get(f"{W}ascii") or latin
        return Look(
            font=font,
            latin=latin,
            size=_int(_last(chain, "sz", "val") or "20"),
            bold=_last_on(chain, "b"),
            colour=(_last(chain, "color", "val") or "auto").upper(),
            tracking=_int(_last(chain, "spacing", "val") or "0"),
        )

    def _sections(self, body: etree._Element) -> Iterator[Section]:
        targets = _footer_targets(self.parts)
        footers: dict[str, tuple[Paragraph, ...]] = {}
        for number, properties in enumerate(body.iter(f"{W}sectPr"), 1):
            size, margins = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
            grid = properties.find(f"{W}docGrid")
            # A section without footers of its own continues those of the one before.
            footers = dict(footers)
            for reference in properties.iter(f"{W}footerReference"):
                part = self.parts.xml(targets.get(reference.get(R_ID) or "", ""))
                if part is not None:
                    footers[reference.get(f"{W}type") or "default"] = tuple(
                        self.paragraph(p, i, new_page=False)
                        for i, p in enumerate(part.iter(f"{W}p"), 1)
                    )
            yield Section(
                number=number,
                width=_of(size, "w"),
                height=_of(size, "h"),
                top=_of(margins, "top"),
                bottom=_of(margins, "bottom"),
                left=_of(margins, "left"),
                right=_of(margins, "right"),
                grid=(grid.get(f"{W}type") or "") if grid is not None else "",
                pitch=_of(grid, "linePitch"),
                footers=footers,
            )


def _footer_targets(parts: Parts) -> dict[str, str]:
    relations = parts.xml("word/_rels/document.xml.rels")
    if relations is None:
        return {}
    return {
        r.get("Id") or "": "word/" + (r.get("Target") or "").removeprefix("/word/")
        for r in relations
        if isinstance(r.tag, str)
    }


def _theme(parts: Parts) -> dict[str, str]:
    """East Asian faces of the theme; an empty one is the face named for simplified Chinese."""
    root = parts.xml("word/theme/theme1.xml")
    found: dict[str, str] = {}
    if root is None:
        return found
    for kind in ("minor", "major"):
        fonts = next(root.iter(f"{A}{kind}Font"), None)
        if fonts is None:
            continue
        east = fonts.find(f"{A}ea")
        name = (east.get("typeface") or "") if east is not None else ""
        for other in fonts.iter(f"{A}font"):
            if not name and other.get("script") == "Hans":
                name = other.get("typeface") or ""
        found[f"{kind}EastAsia"] = name
    return found


def _shows_page_number(element: etree._Element) -> bool:
    told = [i.text or "" for i in element.iter(f"{W}instrText")]
    told += [f.get(f"{W}instr") or "" for f in element.iter(f"{W}fldSimple")]
    return any(code.split()[:1] in (["PAGE"], ["page"]) for code in told)


def _last(chain: list[etree._Element], tag: str, attribute: str) -> str | None:
    value = None
    for properties in chain:
        found = properties.find(f"{W}{tag}")
        if found is not None and found.get(f"{W}{attribute}") is not None:
            value = found.get(f"{W}{attribute}")
    return value


def _last_on(chain: list[etree._Element], tag: str) -> bool:
    found = [p.find(f"{W}{tag}") for p in chain]
    return _on(next((f for f in reversed(found) if f is not None), None))


def _on(element: etree._Element | None) -> bool:
    """A switch that is there is on unless it says otherwise."""
    return element is not None and element.get(f"{W}val") not in {"0", "false", "off", "none"}


def _int(text: str) -> int:
    """A measure; nonsense counts as nothing, so that the rest is still checked."""
    try:
        value = float(text)
    except ValueError:
        return 0
    return round(value) if abs(value) < FARTHEST else 0


def _of(element: etree._Element | None, attribute: str) -> int:
    value = element.get(f"{W}{attribute}") if element is not None else None
    return _int(value) if value else 0
