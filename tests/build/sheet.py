"""Workbooks with something in exactly one place, written as raw parts."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Tab:
    """One worksheet: `rows` is the XML inside sheetData, before and after what stands around it."""

    name: str = "花名册"
    rows: str = ""
    before: str = ""
    after: str = ""
    state: str = "visible"
    rels: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def xml(self) -> str:
        return (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{self.before}'
            f"<sheetData>{self.rows}</sheetData>{self.after}</worksheet>"
        )


def relations(links: Mapping[str, tuple[str, str]]) -> str:
    """A .rels part: id -> (type, target); a target with :// is external."""
    lines = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for i, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def text(reference: str, value: str, style: int = 0) -> str:
    """An inline string cell."""
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, cells: str, attributes: str = "") -> str:
    return f'<row r="{number}" {attributes}>{cells}</row>'


def _types(sheets: int, more: Mapping[str, str]) -> str:
    """The types without which LibreOffice does not take the parts for what they are."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = [(f"worksheets/sheet{n}", "worksheet") for n in range(1, sheets + 1)]
    listed += [(name, name) for name in ("styles", "sharedStrings", "comments")]
    named = {f"/xl/{name}.xml": f"{kind}.{what}+xml" for name, what in listed}
    named |= {name: f"application/{what}" for name, what in more.items()}
    return "".join(
        f'<Override PartName="{name}" ContentType="{what}"/>' for name, what in named.items()
    )


def workbook(
    *tabs: Tab,
    strings: str = "",
    styles: str = "",
    inside: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    main: str = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    types: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of an .xlsx. `inside` goes after the sheets in workbook.xml; `parts` are added.

    `main`: the type of the workbook, after `application/`; it tells .xltx and .xlsm apart.
    `types`: those of other parts, by their name with a slash before it.
    """
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="application/{main}"/>'
        f"{_types(len(tabs), types or {})}</Types>",
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
    }
    wiring = dict(links or {})
    listed = ""
    for number, tab in enumerate(tabs, 1):
        wiring[f"s{number}"] = ("worksheet", f"worksheets/sheet{number}.xml")
        listed += (
            f'<sheet name="{tab.name}" sheetId="{number}" state="{tab.state}" r:id="s{number}"/>'
        )
        made[f"xl/worksheets/sheet{number}.xml"] = tab.xml()
        if tab.rels:
            made[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relations(tab.rels)
    if strings:
        wiring["strings"] = ("sharedStrings", "sharedStrings.xml")
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        wiring["styles"] = ("styles", "styles.xml")
        made["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{inside}</workbook>'
    )
    made["xl/_rels/workbook.xml.rels"] = relations(wiring)
    made |= dict(parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def all_bytes(data: bytes) -> bytes:
    """Every part of a package, decompressed, one after the other; the names too."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(n.encode() + b"\n" + archive.read(n) for n in archive.namelist())
