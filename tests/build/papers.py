"""Opening Word files that the tests made: tables as they look, pages as LibreOffice draws them."""

import re
from pathlib import Path

import docx
import pypdfium2

from tests.build.libreoffice import convert


def text(path: Path) -> str:
    """Everything a reader sees in paragraphs and tables, in order of parts."""
    document = docx.Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def pages(path: Path, folder: Path) -> list[list[str]]:
    """The lines of each page as LibreOffice sets them, without white space."""
    document = pypdfium2.PdfDocument(convert(path, "pdf", folder))
    found = []
    for page in document:
        lines = page.get_textpage().get_text_range().splitlines()
        found.append([re.sub(r"\s", "", line) for line in lines if line.strip()])
    document.close()
    return found
