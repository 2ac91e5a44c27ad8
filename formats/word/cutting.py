"""Marks into a tree: letters replaced across runs, the first run's look kept."""

from lxml import etree

from formats.marks import Span, check_reach
from formats.word import names as n
from formats.word.passages import NUMBER, Atom

_TEXTS = frozenset(
    {n.T, n.DEL_TEXT, n.INSTR_TEXT, n.DEL_INSTR, f"{n.MATH}t", f"{n.A}t", f"{n.CHART}v"}
)


def cut(atoms: list[Atom], spans: list[Span]) -> None:
    """Replace `spans` (sorted, apart) of the atoms' joined text, in the elements themselves.

    Raises Unreadable when a span reaches past the end.
    """
    check_reach("".join(atom.text for atom in atoms), spans)
    start = 0
    for atom in atoms:
        end = start + len(atom.text)
        mine = [s for s in spans if s[0] < end and s[1] > start]
        # A span of no length inserts nothing anyone asked for; it only cuts.
        if mine and atom.element is not None:
            _write(atom, _without(atom.text, start, mine))
        start = end


def erase(atoms: list[Atom]) -> None:
    """Take the atoms' text out of the tree."""
    for atom in atoms:
        if atom.element is not None:
            _write(atom, "")


def touches_number(atoms: list[Atom], spans: list[Span]) -> bool:
    """Whether a span reaches into a number that Word counts out before the paragraph."""
    start = 0
    for atom in atoms:
        end = start + len(atom.text)
        if atom.attribute == NUMBER and any(s[0] < end and s[1] > start for s in spans):
            return True
        start = end
    return False


def freeze(atoms: list[Atom]) -> list[Atom]:
    """The same atoms, a counted number turned into letters that stay when its list is cut."""
    return [_frozen(a) if a.attribute == NUMBER and a.element is not None else a for a in atoms]


def _frozen(atom: Atom) -> Atom:
    paragraph = atom.element
    assert paragraph is not None
    if not len(paragraph) or paragraph[0].tag != n.PPR:
        paragraph.insert(0, etree.Element(n.PPR))
    properties = paragraph[0]
    for old in properties.findall(f"{n.W}numPr"):
        properties.remove(old)
    counting = etree.Element(f"{n.W}numPr")
    etree.SubElement(counting, f"{n.W}ilvl").set(n.VAL, "0")
    etree.SubElement(counting, f"{n.W}numId").set(n.VAL, "0")
    before = sum(child.tag in _BEFORE_NUMPR for child in properties)
    properties.insert(before, counting)
    run = etree.Element(n.RUN)
    text = etree.SubElement(run, n.T)
    text.text = atom.text
    text.set(n.XML_SPACE, "preserve")
    paragraph.insert(1, run)
    return atom._replace(element=text, attribute=None)


# 17.3.1.26: the properties of a paragraph stand in an order, and these before w:numPr.
_BEFORE_NUMPR = frozenset(
    f"{n.W}{name}"
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


def _without(text: str, start: int, spans: list[Span]) -> str:
    pieces, at = [], 0
    for begin, stop, replacement in spans:
        pieces.append(text[at : max(begin - start, at)])
        if begin >= start:
            pieces.append(replacement)
        at = min(stop - start, len(text))
    pieces.append(text[at:])
    return "".join(pieces)


def _write(atom: Atom, text: str) -> None:
    element, attribute = atom.element, atom.attribute
    assert element is not None
    if attribute == NUMBER:
        return  # counted out anew, or frozen before it is cut
    if attribute == "tail":
        element.tail = text or None
    elif attribute is not None:
        if attribute in element.attrib:
            element.set(attribute, text)
    elif element.tag in _TEXTS or element.text:
        element.text = text
        if element.tag.startswith(n.W):
            element.set(n.XML_SPACE, "preserve")
    else:
        _replace(element, text)


def _replace(element: etree._Element, text: str) -> None:
    """A tab, line or symbol that was cut: its replacement is a w:t in its place."""
    parent = element.getparent()
    if parent is None:
        return
    if text:
        new = etree.Element(n.T)
        new.text = text
        new.set(n.XML_SPACE, "preserve")
        parent.replace(element, new)
    else:
        parent.remove(element)
