"""Fields: those whose code says more than how to number, to date or what to show become text."""

from lxml import etree

from formats.showing_codes import shown_by
from formats.word import names as n
from formats.word.passages import harmless

_FLD_TYPE = f"{n.W}fldCharType"


class _Field:
    """One complex field between its begin and its end."""

    def __init__(self) -> None:
        self.code: list[str] = []
        self.elements: list[etree._Element] = []
        self.in_code = True


def flatten(root: etree._Element) -> None:
    """Take out the codes of every field that is not harmless; what it shows stays as text."""
    open_fields: list[_Field] = []
    doomed: list[etree._Element] = []
    for element in root.iter(n.FLD_CHAR, n.INSTR_TEXT, n.T):
        if element.tag == n.FLD_CHAR:
            _field_char(element, open_fields, doomed)
        elif element.tag == n.INSTR_TEXT:
            if open_fields and open_fields[-1].in_code:
                open_fields[-1].code.append(element.text or "")
                open_fields[-1].elements.append(element)
            else:
                doomed.append(element)
        elif any(field.in_code for field in open_fields):
            doomed.append(element)
    for field in open_fields:
        doomed += field.elements
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for simple in list(root.iter(n.FLD_SIMPLE)):
        code = simple.get(n.INSTR, "")
        if not _stays(code):
            unwrap(simple)


def _field_char(
    element: etree._Element, open_fields: list[_Field], doomed: list[etree._Element]
) -> None:
    kind = element.get(_FLD_TYPE)
    if kind == "begin":
        for child in list(element):
            element.remove(child)  # w:ffData and w:fldData: texts nobody sees
        open_fields.append(_Field())
    if not open_fields:
        doomed.append(element)
        return
    field = open_fields[-1]
    field.elements.append(element)
    if kind == "separate":
        field.in_code = False
    elif kind == "end":
        open_fields.pop()
        code = "".join(field.code)
        if not _stays(code):
            doomed += field.elements


def _stays(code: str) -> bool:
    """A code without words is one that was cut; Word would show an error in its place."""
    return bool(code.strip()) and (harmless(code) or bool(shown_by(code)))


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)
