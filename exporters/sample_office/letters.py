"""The plain documents: letters in Word and notices in text files, from resources/sample."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

import resources

AUTHOR = "覃小满"


def write(folder: Path) -> None:
    """Every letter and text of resources/sample/documents.toml."""
    data = resources.table("sample/documents.toml")
    for item in data["letter"]:
        letter(item).save(str(folder / item["file"]))
    for item in data["text"]:
        text = "\r\n".join(item["lines"]) + "\r\n"
        (folder / item["file"]).write_bytes(text.encode(item["encoding"]))


def blank() -> WordDocument:
    """An empty page of a township clerk's template; the clerk's name is in the properties."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.author = AUTHOR
    document.core_properties.last_modified_by = AUTHOR
    return document


def say(
    document: WordDocument,
    text: str,
    *,
    face: str = "仿宋_GB2312",
    size: float = 16,
    indent: int = 2,
) -> Paragraph:
    """Add a paragraph in one face; `indent` in characters."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(size * indent)
    paragraph.paragraph_format.line_spacing = Pt(28.95)
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = face
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return paragraph


def title(document: WordDocument, text: str) -> None:
    """A centred title in 小标宋, 22 pt."""
    paragraph = say(document, text, face="方正小标宋简体", size=22, indent=0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.space_after = Pt(16)


def letter(item: dict[str, Any]) -> WordDocument:
    """One letter: red head if asked, number, title, addressee, body, signature, note."""
    document = blank()
    if "first" in item:
        say(document, item["first"], face="黑体", indent=0)
    if item.get("red_head"):
        head = say(document, "白石沟镇人民政府文件", face="方正小标宋简体", size=36, indent=0)
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.paragraph_format.line_spacing = Pt(60)
        head.runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)
    if "number" in item:
        say(document, item["number"], indent=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    title(document, item["title"])
    if "to" in item:
        say(document, item["to"], indent=0)
    for paragraph in item["paragraphs"]:
        say(
            document,
            paragraph,
            face="黑体" if paragraph[1:2] == "、" and len(paragraph) < 12 else "仿宋_GB2312",
        )
    say(document, "白石沟镇人民政府", indent=15)
    say(document, item["signed"], indent=16)
    if "note" in item:
        say(document, item["note"])
    if "copies" in item:
        say(document, "抄送：" + item["copies"], size=14, indent=1)
    return document
