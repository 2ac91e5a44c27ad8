"""One Word document from nothing: no template file, no author, no traces of this machine."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from exporters.gbt9704 import page, styles

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part inside the file: the same facts give the same bytes."""

_KEPT_PARTS = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}
_KEPT_FILES = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}

_SETTINGS = (
    '<w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def clean(text: str) -> str:
    """The text without what XML and a printed page cannot hold: controls, lone surrogates."""
    return "".join(
        c for c in text if c in "\t\n\u3000" or (c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)
    )


class Paper:
    """A Word document being written, with the styles of `styles.ALL` and the page of 5.2.

    python-docx brings a document of its own with fonts, a thumbnail and an author; all of that is
    taken out and replaced. `organ` becomes the only property left.
    """

    def __init__(self, *, organ: str = "", numbered: bool = True) -> None:
        self.document = docx.Document()
        package, part = self.document.part.package, self.document.part
        for rels, kept in ((package.rels, _KEPT_FILES), (part.rels, _KEPT_PARTS)):
            for key in [k for k, rel in rels.items() if rel.reltype not in kept]:
                del rels[key]
        _refill(self.document.styles.element, styles.part())
        _refill(
            self.document.settings.element,
            parse_xml(f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>"),
        )
        core = package.core_properties._element
        for child in list(core):
            core.remove(child)
        if organ:
            package.core_properties.author = clean(organ)[:255]
        self.section = self.document.sections[0]
        page.set_page(self.section)
        if numbered:
            page.number_pages(self.document, self.section)

    def bytes(self) -> bytes:
        """The .docx; the same contents give the same bytes."""
        made = io.BytesIO()
        self.document.save(made)
        steady = io.BytesIO()
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(steady, "w") as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))
        return steady.getvalue()

    def save(self, out: Path) -> None:
        """Write the file; OSError when the disk refuses."""
        out.write_bytes(self.bytes())


def _refill(element: Any, made: Any) -> None:
    """Give a part's root element the children of another one."""
    for child in list(element):
        element.remove(child)
    element.extend(list(made))
