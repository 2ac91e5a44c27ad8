"""The page of an official document: paper, type area, grid and page numbers."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.shared import Twips as Length

from exporters.gbt9704 import styles
from exporters.gbt9704.measures import (
    BOTTOM,
    CHARACTER,
    FOOTER,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    Mm,
    Twips,
    twips,
)


def set_page(
    section: Section,
    *,
    top: Mm = TOP,
    bottom: Mm = BOTTOM,
    left: Mm = LEFT,
    right: Mm = RIGHT,
    line: Twips | None = LINE,
) -> None:
    """A4 with the margins of 5.2.1 unless told otherwise; a line grid when `line` is given.

    The grid is `type="lines"` only: renderers disagree about a grid of characters, 28 a line come
    from the run spacing.
    """
    section.page_width, section.page_height = Length(PAGE_WIDTH), Length(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Length(twips(top)), Length(twips(bottom))
    section.left_margin, section.right_margin = Length(twips(left)), Length(twips(right))
    section.gutter = Length(0)
    section.header_distance = Length(twips(Mm(15)))
    section.footer_distance = Length(twips(Mm(min(FOOTER, bottom - 7))))
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    if line is not None:
        properties.append(
            parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{line}"/>')
        )


def number_pages(document: Document, section: Section) -> None:
    """— 1 — at the outer edge: odd pages one character from the right, even from the left (7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    _footer(section.footer, "right")
    _footer(section.even_page_footer, "left")


def number_pages_centred(section: Section) -> None:
    """A plain centred number, for forms that are not official documents."""
    _footer(section.footer, "center")


def _footer(footer: _Footer, side: str) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    element = paragraph._p
    for child in list(element):
        element.remove(child)
    indent = {
        "right": f'<w:ind w:rightChars="100" w:right="{CHARACTER}"/>',
        "left": f'<w:ind w:leftChars="100" w:left="{CHARACTER}"/>',
        "center": "",
    }[side]
    face = f"<w:rPr>{styles.fonts(styles.FOOTER.font, styles.FOOTER.latin)}</w:rPr>"
    pieces = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    runs = "".join(f"<w:r>{face}{piece}</w:r>" for piece in pieces)
    made = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{styles.FOOTER.id}"/>{indent}'
        f'<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
    )
    element.extend(list(made))
