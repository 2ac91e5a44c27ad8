"""Who changed and who commented: threads of comments, and authors whom no change in sight names."""

import re

from lxml import etree

from formats.package import Package, Relationship
from formats.reading import Part, Place, Segment
from formats.word import names as n

# [MS-DOCX] 2.5.1: commentEx ties a comment's last paragraph to the one it answers.
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARA_ID = f"{n.W14}paraId"
_NAMED = re.compile(rb":(?:name|aliases|title|lvlText)\s[^>]{0,200}?val=[\"']([^\"']*)[\"']")
_LONG_NUMBER = re.compile(r"\d{6}")
_MOST_WORDS = 24


def threads(package: Package, found: list[Relationship]) -> dict[str, str]:
    """What is said of a comment besides author and date, by the id of its last paragraph."""
    said: dict[str, str] = {}
    for relationship in found[:1]:
        for entry in package.xml(relationship.target).iter(f"{_W15}commentEx"):
            words = "（答复）" if entry.get(f"{_W15}paraIdParent") else ""
            if n.on(entry.get(f"{_W15}done", "0")):
                words += "（已解决）"
            said[entry.get(f"{_W15}paraId", "")] = words
    return said


def thread_of(comment: etree._Element, said: dict[str, str]) -> str:
    """The words of `threads` for one w:comment."""
    if not said:
        return ""
    last = comment.findall(n.P)[-1:]
    return said.get(last[0].get(_PARA_ID, ""), "") if last else ""


def changers(changed: list[etree._Element], path: str, segments: list[Segment]) -> list[Segment]:
    """Authors of changes that no segment names (of formats, of paragraph marks), and the numbers
    that stood before paragraphs when numbering was changed; one segment a story."""
    if not changed:
        return []
    notes = {segment.note for segment in segments}
    authors: dict[str, None] = {}
    for element in changed:
        author = element.get(n.AUTHOR, "").strip()
        if author and not any(note.startswith(author) for note in notes):
            authors[author] = None
        original = element.get(f"{n.W}original", "")
        if not original.isascii():
            authors[original] = None
    if not authors:
        return []
    place = Place(Part.PROPERTY, path=path, paragraph=0)
    return [Segment(place, "\n".join(authors), visible=False, note="参与修订的人")]


def namings(data: bytes, path: str, shown: set[str]) -> list[Segment]:
    """Names of styles, lists and frames that hold more than a name, and texts of lists that
    number nothing; `shown` are the texts of those that do."""
    names = {raw.decode("utf-8", "replace") for raw in _NAMED.findall(data)} - shown
    text = "\n".join(sorted(name for name in names if says_more(name)))
    place = Place(Part.PROPERTY, path=path, paragraph=0)
    return [Segment(place, text, visible=False, note="样式或列表的名称")] if text else []


def says_more(name: str) -> bool:
    """Whether a style's or list's name carries what a name would not."""
    return (len(name) > _MOST_WORDS and not name.isascii()) or bool(_LONG_NUMBER.search(name))
