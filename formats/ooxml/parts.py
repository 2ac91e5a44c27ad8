"""The parts of a package as its relationships draw it; what nothing leads to is listed too."""

from collections import deque
from typing import NamedTuple

from formats.package import Package, Relationship

# Told from the last word of the relationship's type (ECMA-376 part 1, 15.2 and MS extensions).
DRAWN = frozenset({"chart", "chartEx", "chartUserShapes", "diagramData", "diagramDrawing"})
FILES = frozenset({"package", "oleObject", "aFChunk", "control", "activeXControlBinary"})
MEDIA = frozenset({"video", "audio", "media"})
SCRIPTS = frozenset({"vbaProject", "attachedToolbars", "ui", "extensibility"})
PICTURES = frozenset({"image", "hdphoto"})


class Reached(NamedTuple):
    """A part and the first relationship that leads to it."""

    name: str
    type: str
    source: str


class Contents(NamedTuple):
    """The package as its relationships draw it."""

    main: str | None
    reached: tuple[Reached, ...]
    external: tuple[tuple[str, Relationship], ...]
    unreached: tuple[str, ...]


def contents(package: Package) -> Contents:
    """Follow every relationship from the root; what is never reached is listed too."""
    main: str | None = None
    found: dict[str, Reached] = {}
    external: list[tuple[str, Relationship]] = []
    queue = deque([""])
    while queue:
        source = queue.popleft()
        for relationship in package.relationships(source):
            if relationship.external:
                external.append((source, relationship))
                continue
            name = package.find(relationship.target)
            if name is None or name in found:
                continue
            if not source and relationship.type == "officeDocument":
                main = main or name
            found[name] = Reached(name, relationship.type, source)
            queue.append(name)
    unreached = tuple(
        name
        for name in package.names
        if name not in found and not name.endswith(".rels") and name != "[Content_Types].xml"
    )
    return Contents(main, tuple(found.values()), tuple(external), unreached)
