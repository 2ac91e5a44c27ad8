"""A workbook opened: its sheets in order, shared strings and styles (ECMA-376-1, 18.2-18.8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.damage import damage
from formats.package import Package, Relationship
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.sheet.strings import shared
from formats.sheet.styles import Styles, is_on

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab. `state` is visible, hidden or veryHidden; `part` its part name, if it has one."""

    name: str
    state: str
    part: str | None
    type: str

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return self.state == "visible"


class Book:
    """A read-only workbook. Raises Unreadable when it is not one."""

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        self.budget = budget
        self.package = Package(source, budget)
        main = [r for r in self.package.relationships() if r.type == "officeDocument"]
        name = self.package.find(main[0].target) if main else None
        name = name or self.package.find("xl/workbook.xml")
        if name is None:
            raise Unreadable(
                TroubleCode.DAMAGED,
                "表格文件里没有工作簿，可能已损坏。请在 WPS 或 Excel 中打开并另存后再放入。",
            )
        self.name = name
        self.remarks: list[Segment] = []
        self.root = self.xml(name)
        self.relationships = self.package.relationships(name)
        self.used_strings: set[int] = set()
        self.troubles: list[Trouble] = []
        self.phonetics: list[tuple[int, str]] = []
        # Shared strings with white letters: what is not white in them, and what is.
        self.pale_strings: dict[int, tuple[str, str]] = {}

    def read(self, part: str) -> bytes:
        """The bytes of an XML part; what its XML comments say is kept in `remarks`."""
        data = self.package.read(part)
        if said := "\n".join(xml.comments(data)):
            place = Place(Part.SCRIPT, path=part)
            self.remarks.append(Segment(place, said, visible=False, note="XML 注释"))
        return data

    def xml(self, part: str) -> etree._Element:
        """The root element of a part. Raises Unreadable."""
        return xml.parse(self.read(part), part)

    def carefully(self, part: str, segments: Iterator[Segment]) -> Iterator[Segment]:
        """The segments of one lesser part; where its XML is broken, its bare text and a trouble.

        VML is broken by habit: Excel writes HTML into it whose tags do not close.
        """
        try:
            yield from segments
        except Unreadable as error:
            if error.code is not TroubleCode.DAMAGED:
                raise
            place = Place(Part.HIDDEN, path=part)
            texts: list[str] = []
            damage(part, lambda: texts.append(xml.without_tags(self.package.read(part))))
            for text in filter(None, texts):
                yield Segment(place, text, visible=False, note="按原样读出的文字")
            if not part.casefold().endswith(".vml"):
                self.troubles.append(Trouble(error.code, error.text, place))

    def _related(self, kind: str) -> str | None:
        for found in self.relationships:
            if found.type == kind and not found.external:
                return self.package.find(found.target)
        return None

    def _xml(self, kind: str) -> etree._Element | None:
        name = self._related(kind)
        return None if name is None else self.xml(name)

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether days count from 1904."""
        found = self.root.find("{*}workbookPr")
        return found is not None and is_on(found.get("date1904"))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tabs from left to right."""
        by_id: dict[str, Relationship] = {r.id: r for r in self.relationships}
        found = []
        for element in self.root.iterfind("{*}sheets/{*}sheet"):
            link = by_id.get(element.get(f"{_R}id") or "")
            part = None if link is None or link.external else self.package.find(link.target)
            found.append(
                Sheet(
                    element.get("name", ""),
                    element.get("state", "visible"),
                    part,
                    "" if link is None else link.type,
                )
            )
        return tuple(found)

    @cached_property
    def styles(self) -> Styles:
        """The cell formats."""
        return Styles(self._xml("styles"), self._xml("theme"), self.epoch_1904)

    @cached_property
    def people(self) -> dict[str, str]:
        """Person id -> shown name, of threaded comments."""
        found: dict[str, str] = {}
        part = self._related("person")
        try:
            for person in () if part is None else self.xml(part).iter("{*}person"):
                found[person.get("id", "")] = person.get("displayName", "")
        except Unreadable as error:
            if error.code is not TroubleCode.DAMAGED:
                raise
        return found

    @cached_property
    def strings_part(self) -> str | None:
        """The name of the shared string part."""
        return self._related("sharedStrings")

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings; rich text as plain text, without phonetic guides."""
        if self.strings_part is None:
            return []
        found = shared(self.read(self.strings_part), self.strings_part)
        self.phonetics += found.guides
        self.pale_strings.update(found.pale)
        if said := "\n".join(found.strays):
            place = Place(Part.HIDDEN, path=self.strings_part)
            self.remarks.append(Segment(place, said, visible=False, note="办公软件不显示的文字"))
        return found.texts
