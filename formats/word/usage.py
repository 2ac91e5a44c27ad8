"""Which parts a story really shows: a picture that is only related, deleted or hidden is not."""

from lxml import etree

from formats.word import names as n
from formats.word.walker import Story

_USERS = (f"{n.A}blip", f"{n.VML}imagedata", f"{n.VML}fill", f"{n.VML}stroke",
          "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")  # fmt: skip
_KEYS = (f"{n.R}embed", n.RID, f"{n.R}link", f"{n.R}pict")
_GONE = frozenset({n.DEL, n.MOVE_FROM})
_CROPS = ("cropleft", "croptop", "cropright", "cropbottom")


def shown_pictures(stories: list[Story]) -> dict[str, bool]:
    """Part name of each picture that is seen, and whether some of it is cut off from view."""
    found: dict[str, bool] = {}
    for story in stories:
        if not story.shown:
            continue
        hidden = set(story.hidden_runs)
        for element in story.root.iter(*_USERS):
            targets = [story.relationships.get(element.get(key, "")) for key in _KEYS]
            if _is_hidden(element, hidden):
                continue
            for target in targets:
                if target is not None and not target.external:
                    found[target.target] = found.get(target.target, False) or is_cropped(element)
    return found


def is_cropped(element: etree._Element) -> bool:
    """Whether a picture is cut to less than the file holds."""
    frame = element.getnext()
    if frame is not None and frame.tag == f"{n.A}srcRect":
        return any(not frame.get(side, "0").startswith(("-", "0")) for side in "ltrb")
    return any(not element.get(side, "0").startswith(("-", "0")) for side in _CROPS)


def _is_hidden(element: etree._Element, hidden: set[etree._Element]) -> bool:
    at = element.getparent()
    while at is not None:
        if at.tag in _GONE or at in hidden:
            return True
        if at.tag == n.DRAWING:
            properties = at.find(f".//{n.WP}docPr")
            if properties is not None and properties.get("hidden") in ("1", "true"):
                return True
        at = at.getparent()
    return False
