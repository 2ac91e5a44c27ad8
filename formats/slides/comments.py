"""Comments on slides, old (19.4) and threaded ([MS-PPTX] 2.6), with who wrote them and when."""

from collections.abc import Iterator

from lxml import etree

from formats.package import Package
from formats.reading import Part, Place, Segment, Unreadable
from formats.slides import names as n


def authors(package: Package, main: str) -> dict[str, str]:
    """Author id to name, of both kinds of lists; a damaged list is told by the reading of parts."""
    found: dict[str, str] = {}
    for relationship in package.relationships(main):
        if relationship.type in ("commentAuthors", "authors") and package.find(relationship.target):
            try:
                root = package.xml(relationship.target)
            except Unreadable:
                continue
            for element in root.iter(f"{n.P}cmAuthor", f"{n.P188}author"):
                found[element.get("id", "")] = element.get("name", "")
    return found


def comments(
    root: etree._Element, path: str, names: dict[str, str], page: int | None
) -> list[Segment]:
    """Every comment and reply on one slide, in order."""
    found = []
    for number, (element, text) in enumerate(_texts(root), 1):
        when = element.get("dt", "") or element.get("created", "")
        who = f"{names.get(element.get('authorId', ''), '')} {when[:16].replace('T', ' ')}".strip()
        if element.tag == f"{n.P188}reply":
            who = f"{who}（答复）"
        if element.get("status") in ("resolved", "closed"):
            who = f"{who}（已解决）"
        place = Place(Part.COMMENT, page=page, path=path, paragraph=number)
        if text.strip():
            found.append(Segment(place, text, visible=False, note=who))
    return found


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(f"{n.P}cm", f"{n.P188}cm", f"{n.P188}reply"):
        old = element.find(f"{n.P}text")
        if old is not None:
            yield element, old.text or ""
            continue
        body = element.find(f"{n.P188}txBody")
        lines = () if body is None else body.iter(n.PARAGRAPH)
        yield element, "\n".join("".join(t.text or "" for t in line.iter(n.T)) for line in lines)


def accounts(root: etree._Element, path: str) -> list[Segment]:
    """Names, initials and accounts of everybody who ever commented."""
    lines = []
    for element in root.iter(f"{n.P}cmAuthor", f"{n.P188}author"):
        said = [element.get(key, "") for key in ("name", "initials", "userId")]
        lines.append(" ".join(word for word in said if word))
    text = "\n".join(dict.fromkeys(line for line in lines if line))
    place = Place(Part.PROPERTY, path=path, paragraph=1)
    return [Segment(place, text, visible=False, note="写过批注的人")] if text else []
