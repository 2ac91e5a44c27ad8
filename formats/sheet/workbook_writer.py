"""Writing a workbook's parts (ECMA-376-1, 12.3 and 18): the fewest that every program opens."""

import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# The earliest time a zip can tell; a real one would make every run's bytes different.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
# 18.3.1.73: not in a tab's name; a quote at either end is refused too.
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What XML 1.0 (2.2) cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TAB = 31


def escaped(text: str) -> str:
    """Text for an element; line ends kept (a bare CR would be read back as LF)."""
    return escape(_ILLEGAL.sub("", text), {"\r": "&#13;"})


class Strings:
    """The shared strings of the new workbook, each once, in the order of use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses = 0

    def number(self, text: str) -> int:
        """The index of a string."""
        self._uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        """The whole of sharedStrings.xml."""
        items = "".join(
            f'<si><t xml:space="preserve">{escaped(_ESCAPE.sub("_x005F_", text))}</t></si>'
            for text in self._numbers
        )
        return (
            f'{_HEAD}<sst xmlns="{_MAIN}" count="{self._uses}"'
            f' uniqueCount="{len(self._numbers)}">{items}</sst>'
        )


def cell_xml(place: str, style: int, kind: str, value: str) -> str:
    """One cell; `kind` is n, b or s, empty for a cell that only has a format."""
    styled = f' s="{style}"' if style else ""
    if kind == "n":
        if not _NUMBER.fullmatch(value):
            return f'<c r="{place}"{styled}/>' if styled else ""
        return f'<c r="{place}"{styled}><v>{value}</v></c>'
    if kind == "b":
        return f'<c r="{place}"{styled} t="b"><v>{1 if value in {"1", "true"} else 0}</v></c>'
    if kind == "s":
        return f'<c r="{place}"{styled} t="s"><v>{value}</v></c>'
    return f'<c r="{place}"{styled}/>' if styled else ""


def row_xml(number: int, height: float | None, cells: str) -> str:
    """One row; `height` in points where a person set it."""
    tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
    return f'<row r="{number}"{tall}>{cells}</row>'


def sheet_xml(before: str, columns: str, rows: str, merges: str, after: str) -> str:
    """A worksheet part, its pieces in the order of the schema (18.3.1.99)."""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{before}'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{rows}</sheetData>"
        + (f"<mergeCells>{merges}</mergeCells>" if merges else "")
        + f"{after}</worksheet>"
    )


def safe_tab(name: str, taken: Iterable[str]) -> str:
    """A tab's name that every program accepts and no other tab has."""
    name = _NOT_IN_TABS.sub("", name).strip("'").strip()[:LONGEST_TAB] or "工作表"
    folded = {t.casefold() for t in taken}
    chosen, number = name, 1
    while chosen.casefold() in folded:
        number += 1
        end = f"({number})"
        chosen = name[: LONGEST_TAB - len(end)] + end
    return chosen


def write_workbook(
    out: BinaryIO, tabs: list[str], sheets: list[str], strings: str, styles: str
) -> None:
    """The package: the same arguments always give the same bytes."""
    numbers = range(1, len(sheets) + 1)
    last = len(sheets)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(_ILLEGAL.sub("", tab))} sheetId="{n}" r:id="rId{n}"/>'
        for n, tab in zip(numbers, tabs, strict=True)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{types}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{last + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{last + 2}" Type="{_OFFICE}/sharedStrings"'
        ' Target="sharedStrings.xml"/></Relationships>',
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            _add(archive, name, _HEAD + text)
        for number, sheet in zip(numbers, sheets, strict=True):
            _add(archive, f"xl/worksheets/sheet{number}.xml", sheet)
        _add(archive, "xl/sharedStrings.xml", strings)
        _add(archive, "xl/styles.xml", styles)


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, text.encode("utf-8"))
