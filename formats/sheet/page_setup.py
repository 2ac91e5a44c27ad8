"""How a sheet lies on paper and screen, carried over attribute by attribute."""

import re

from lxml import etree

from formats.reading import Part
from formats.sheet.clean_styles import CleanStyles
from formats.sheet.closing_up import ClosedUp, reference
from formats.sheet.orders import Orders
from formats.sheet.references import MOST_COLUMNS
from formats.sheet.styles import whole
from formats.sheet.surroundings import HEADERS, header_text, is_printed
from formats.sheet.workbook_writer import escaped

_PLAIN = re.compile(r"[A-Za-z0-9.+-]{1,24}")
_MARGINS = ("left", "right", "top", "bottom", "header", "footer")
_PAPER = ("paperSize", "scale", "fitToWidth", "fitToHeight", "orientation", "pageOrder")
_PRINT = ("horizontalCentered", "verticalCentered", "gridLines", "headings")
_DEFAULTS = ("baseColWidth", "defaultColWidth", "defaultRowHeight", "customHeight")
# &F and &Z print the file's name and folder, which belong to somebody's disk (18.3.1.46).
_PRIVATE = re.compile(r"&[FZ]", re.IGNORECASE)


def before_cells(frame: etree._Element, rows: ClosedUp, columns: ClosedUp) -> str:
    """sheetPr, sheetViews and sheetFormatPr."""
    fits = frame.find("{*}sheetPr/{*}pageSetUpPr")
    fit = "" if fits is None else _attributes(fits, ("fitToPage",))
    pieces = [f"<sheetPr><pageSetUpPr{fit}/></sheetPr>"] if fit else []
    view = frame.find("{*}sheetViews/{*}sheetView")
    shown = "" if view is None else _attributes(view, ("showGridLines", "rightToLeft"))
    pane = None if view is None else view.find("{*}pane")
    frozen = "" if pane is None else _pane(pane, rows, columns)
    pieces.append(
        f'<sheetViews><sheetView{shown} workbookViewId="0">{frozen}</sheetView></sheetViews>'
    )
    size = frame.find("{*}sheetFormatPr")
    if size is not None and size.get("defaultRowHeight"):
        pieces.append(f"<sheetFormatPr{_attributes(size, _DEFAULTS)}/>")
    return "".join(pieces)


def _pane(pane: etree._Element, rows: ClosedUp, columns: ClosedUp) -> str:
    """Frozen rows and columns that are still there stay frozen."""
    if pane.get("state") != "frozen":
        return ""
    across = columns.span(1, min(whole(pane.get("xSplit")), 1000)) or (1, 0)
    down = rows.span(1, min(whole(pane.get("ySplit")), 10_000)) or (1, 0)
    x, y = across[1], down[1]
    if not x and not y:
        return ""
    where = "bottomRight" if x and y else "topRight" if x else "bottomLeft"
    split = (f' xSplit="{x}"' if x else "") + (f' ySplit="{y}"' if y else "")
    corner = reference(y + 1, x + 1)
    return f'<pane{split} topLeftCell="{corner}" activePane="{where}" state="frozen"/>'


def columns_xml(frame: etree._Element, columns: ClosedUp, styles: CleanStyles) -> str:
    """The `col` elements of the columns that are left."""
    found = []
    last = 0
    for column in frame.iterfind("{*}cols/{*}col"):
        first = max(1, whole(column.get("min"), 1))
        span = columns.span(first, min(MOST_COLUMNS, whole(column.get("max"), first)))
        if span is None or span[0] <= last:
            continue
        last = span[1]
        style = styles.number(whole(column.get("style"), -1), numeric=False)
        found.append(
            f'<col min="{span[0]}" max="{span[1]}"{_attributes(column, ("width", "customWidth"))}'
            f' style="{style}"/>'
        )
    return "".join(found)


def after_cells(frame: etree._Element, sheet: str, orders: Orders) -> str:
    """Print options, margins, paper, headers and footers."""
    pieces = []
    for name, attributes in (
        ("printOptions", _PRINT),
        ("pageMargins", _MARGINS),
        ("pageSetup", _PAPER),
    ):
        element = frame.find(f"{{*}}{name}")
        if element is not None and (written := _attributes(element, attributes)):
            pieces.append(f"<{name}{written}/>")
    return "".join(pieces) + _headers(frame, sheet, orders)


def _headers(frame: etree._Element, sheet: str, orders: Orders) -> str:
    around = frame.find("{*}headerFooter")
    if around is None:
        return ""
    written: dict[str, str] = {}
    number = 0
    for name in HEADERS:
        element = around.find(f"{{*}}{name}")
        if element is None:
            continue
        number += 1
        raw = element.text or ""
        text = header_text(raw)
        part = Part.HEADER if name.endswith("Header") else Part.FOOTER
        left = orders.apply(text, part, sheet, number=number)
        kept = _PRIVATE.sub("", raw) if left == text else "&C" + left.replace("&", "&&")
        if kept.strip() and is_printed(frame, name):
            written[name] = f"<{name}>{escaped(kept)}</{name}>"
    order = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    inner = "".join(written[name] for name in order if name in written)
    if not inner:
        return ""
    kinds = _attributes(around, ("differentOddEven", "differentFirst"))
    return f"<headerFooter{kinds}>{inner}</headerFooter>"


def _attributes(element: etree._Element, names: tuple[str, ...]) -> str:
    found = ((n, element.get(n)) for n in names)
    return "".join(f' {n}="{v}"' for n, v in found if v is not None and _PLAIN.fullmatch(v))
