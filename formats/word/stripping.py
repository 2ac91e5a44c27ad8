"""A story's tree without what nobody sees: revisions settled, comments, names and ids gone."""

from collections.abc import Callable

from lxml import etree

from formats.word import names as n
from formats.word.authors import says_more
from formats.word.drawn import AUTOMATIC, BOOKMARKS, understood
from formats.word.fields import flatten, unwrap

_W_GONE = (
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
    "proofErr", "permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    "control", "subDoc", "contentPart", "smartTagPr", "customXmlPr", "printerSettings",
    "delText", "delInstrText", "lastRenderedPageBreak", "cellIns", "cellMerge", "fldData",
)  # fmt: skip
_GONE = (
    frozenset(f"{n.W}{name}" for name in _W_GONE)
    | n.CHANGES
    | {
        f"{n.A}extLst",
        f"{n.OFFICE}OLEObject",
        f"{n.CHART}externalData",
        f"{n.CHART}userShapes",
        f"{n.CHART}extLst",
        f"{n.CHART}pivotSource",
    }
)
_OPENED = frozenset(
    f"{n.W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")
)
_SDT_ENDS = frozenset({f"{n.W}sdtPr", f"{n.W}sdtEndPr"})
_KNOWN_SPACES = (
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/",
    "urn:schemas-microsoft-com:",
    "http://www.w3.org/XML/1998/namespace",
)
_DESCRIBED = ("descr", "title")
_VML_SAID = ("alt", "title", f"{n.OFFICE}title", "href", f"{n.OFFICE}href", f"{n.OFFICE}gfxdata",
             "target")  # fmt: skip


def strip(root: etree._Element, hidden_runs: list[etree._Element]) -> None:
    """Settle and clean one story in place."""
    for run in hidden_runs:
        for child in list(run):
            if child.tag not in (n.FLD_CHAR, n.INSTR_TEXT):
                run.remove(child)
    _settle_tables(root)
    _settle_paragraphs(root)
    clean(root)
    flatten(root)
    _drop_empty_runs(root)
    for cell in root.iter(n.TC):
        if not len(cell) or cell[-1].tag != n.P:
            etree.SubElement(cell, n.P)  # a cell ends with a paragraph (17.4.65)


def clean(root: etree._Element) -> None:
    """Take out what no part may keep: unknown elements, ids of editing sessions, descriptions."""
    opened: list[etree._Element] = []
    gone: list[etree._Element] = []
    for element in root.iter():
        tag = element.tag
        if element.tail is not None and element.tail.strip():
            element.tail = None
        if tag in _GONE or tag in _SDT_ENDS or not _known(tag):
            gone.append(element)
        elif tag in _OPENED:
            opened.append(element)
        else:
            _attributes(element)
            action = _ACTIONS.get(tag)
            if action is not None and not action(element):
                gone.append(element)
    for element in gone:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in opened:
        unwrap(element)


def _known(name: str) -> bool:
    return not name.startswith("{") or name[1:].startswith(_KNOWN_SPACES)


def _attributes(element: etree._Element) -> None:
    for key in map(str, element.attrib):
        local = key.rpartition("}")[2]
        if (
            local.startswith("rsid")
            or (key.startswith(n.W14) and local in ("paraId", "textId", "anchorId", "editId"))
            or (local in ("anchorId", "editId") and "wordprocessingDrawing" in key)
            or not _known(key)
        ):
            del element.attrib[key]


def _described(element: etree._Element) -> bool:
    for attribute in _DESCRIBED:
        if attribute in element.attrib:
            del element.attrib[attribute]
    if not AUTOMATIC.fullmatch(element.get("name", "")):
        element.set("name", f"图形 {element.get('id', '1')}")
    return True


def _drawing(element: etree._Element) -> bool:
    properties = element.find(f"{n.WP}docPr")
    return properties is None or properties.get("hidden") not in ("1", "true")


def _vml(element: etree._Element) -> bool:
    for attribute in _VML_SAID:
        if attribute in element.attrib:
            del element.attrib[attribute]
    return "visibility:hidden" not in element.get("style", "").replace(" ", "")


def _alternate(element: etree._Element) -> bool:
    shown = next((c for c in element if c.tag == n.CHOICE and understood(c)), None)
    if shown is None:
        shown = element.find(n.FALLBACK)
    for child in list(element):
        if child is not shown:
            element.remove(child)
    return shown is not None


def _bookmark(element: etree._Element) -> bool:
    return BOOKMARKS.fullmatch(element.get(f"{n.W}name", "")) is not None


def _formula(element: etree._Element) -> bool:
    """c:f: where a chart's numbers came from; a path in it tells of the office's disks."""
    if any(mark in (element.text or "") for mark in "[]\\/:|"):
        element.text = "Sheet1!$A$1"
    return True


def _name(element: etree._Element) -> bool:
    """w:name of a list or style, w:aliases: a name that is more than one is not kept."""
    parent = element.getparent()
    if parent is None or parent.tag != f"{n.W}style" or element.tag != f"{n.W}name":
        return parent is not None and parent.tag not in (f"{n.W}abstractNum", f"{n.W}style")
    above = parent.getparent()
    if above is not None and says_more(element.get(n.VAL, "")):
        element.set(n.VAL, f"样式 {above.index(parent)}")
    return True


def _object(element: etree._Element) -> bool:
    """w:object without its file is a picture."""
    for attribute in list(element.attrib):
        del element.attrib[attribute]
    element.tag = f"{n.W}pict"
    return True


_ACTIONS: dict[str, Callable[[etree._Element], bool]] = {
    f"{n.WP}docPr": _described,
    f"{n.PIC}cNvPr": _described,
    f"{n.WPS}cNvPr": _described,
    n.DRAWING: lambda drawing: all(_drawing(child) for child in drawing),
    n.ALTERNATE: _alternate,
    f"{n.W}bookmarkStart": _bookmark,
    f"{n.W}object": _object,
    f"{n.W}name": _name,
    f"{n.W}aliases": _name,
    f"{n.CHART}f": _formula,
} | {
    f"{n.VML}{name}": _vml
    for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "group", "imagedata",
                 "shapetype", "textpath", "fill", "stroke")
}  # fmt: skip


def _settle_tables(root: etree._Element) -> None:
    """Deleted and hidden rows go; a deleted cell keeps its frame, since its row needs it."""
    for row in list(root.iter(n.TR)):
        properties = row.find(n.TRPR)
        if properties is None:
            continue
        hidden = properties.find(f"{n.W}hidden")
        unseen = hidden is not None and n.on(hidden.get(n.VAL))
        parent = row.getparent()
        if parent is not None and (unseen or properties.find(n.DEL) is not None):
            parent.remove(row)
            continue
        for mark in properties.findall(n.INS):
            properties.remove(mark)
    for mark in list(root.iter(f"{n.W}cellDel")):
        settings = mark.getparent()
        cell = None if settings is None else settings.getparent()
        if settings is None or cell is None:
            continue
        settings.remove(mark)
        for child in list(cell):
            if child is not settings:
                cell.remove(child)
        etree.SubElement(cell, n.P)
    for table in list(root.iter(n.TBL)):
        parent = table.getparent()
        if parent is not None and table.find(f".//{n.TR}") is None:
            following = table.getnext()
            if parent.tag == n.TC and (following is None or following.tag != n.P):
                parent.insert(parent.index(table) + 1, etree.Element(n.P))
            parent.remove(table)


def _settle_paragraphs(root: etree._Element) -> None:
    """A deleted paragraph mark joins its text to the next paragraph, which keeps its own look."""
    for paragraph in reversed(list(root.iter(n.P))):
        marks = paragraph.find(f"{n.PPR}/{n.RPR}")
        if marks is None:
            continue
        deleted = marks.find(n.DEL) is not None or marks.find(n.MOVE_FROM) is not None
        for tag in (n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO):
            for mark in marks.findall(tag):
                marks.remove(mark)
        following = paragraph.getnext()
        parent = paragraph.getparent()
        section = paragraph.find(f"{n.PPR}/{n.SECTPR}")
        if not deleted or parent is None or section is not None:
            continue
        if following is None or following.tag != n.P:
            continue
        at = 1 if len(following) and following[0].tag == n.PPR else 0
        for child in [c for c in paragraph if c.tag != n.PPR]:
            following.insert(at, child)
            at += 1
        parent.remove(paragraph)


def _drop_empty_runs(root: etree._Element) -> None:
    for run in list(root.iter(n.RUN)):
        if all(child.tag == n.RPR or _is_empty(child) for child in run):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)


def _is_empty(element: etree._Element) -> bool:
    return element.tag == n.T and not element.text
