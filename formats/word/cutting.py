"""Marks into a tree: letters replaced across runs, the first run's look kept."""

from lxml import etree

from formats.marks import Span, check_reach
from formats.word import names as n
from formats.word.passages import Atom

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
