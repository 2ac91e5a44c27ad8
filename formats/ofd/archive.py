"""The zip of an OFD file (GB/T 33190-2016, 6): parts by path, with a memory of what was read."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.reading import TroubleCode, Unreadable
from formats.zips import open_zip, read_entry


class Archive:
    """Parts by name without a leading slash.

    Raises Unreadable: DAMAGED when names repeat or climb out (two programs would then see two
    different documents), ENCRYPTED, TOO_BIG.
    """

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        self.budget = budget
        self.reached: set[str] = set()
        """Parts that the document points at, read or not."""
        self._archive = open_zip(source, budget)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._folded: dict[str, str] = {}
        for entry in self._archive.infolist():
            self._admit(entry)

    def _admit(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.replace("\\", "/")
        if name.endswith("/"):
            return
        if name.startswith("/") or ".." in name.split("/") or "\0" in name:
            raise Unreadable(
                TroubleCode.DAMAGED,
                "文件内部的路径不正常，可能是恶意构造，已停止读取。请向来源核实。",
            )
        if name.casefold() in self._folded:
            raise Unreadable(
                TroubleCode.DAMAGED,
                "文件内部有重名的部分，不同软件会看到不同内容，已停止读取。"
                "请在阅读器中打开核对并另存后再放入。",
            )
        self._folded[name.casefold()] = name
        self._entries[name] = entry

    @property
    def names(self) -> tuple[str, ...]:
        """Every part, in the archive's own order."""
        return tuple(self._entries)

    def find(self, base: str, location: str) -> str | None:
        """The part that `location` names inside part `base`; None if there is none.

        ST_Loc (7.1): from the root with a leading slash, else from the part's own folder. Some
        producers leave the slash out, so the root is the second try.
        """
        location = location.strip().replace("\\", "/")
        if not location:
            return None
        folder = posixpath.dirname(base)
        tries = [location] if location.startswith("/") else [f"{folder}/{location}", location]
        for one in tries:
            name = self._folded.get(posixpath.normpath(f"/{one}").lstrip("/").casefold())
            if name is not None:
                self.reached.add(name)
                return name
        return None

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable."""
        self.reached.add(name)
        return read_entry(self._archive, self._entries[name], self.budget)

    def xml(self, name: str) -> etree._Element:
        """The root element of a part. Raises Unreadable."""
        return xml.parse(self.read(name), name)


def local(element: etree._Element) -> str:
    """An element's name without its namespace: drafts of the standard used other namespaces."""
    return str(element.tag).rpartition("}")[2]


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children with one of these names; all without names."""
    if element is not None:
        for child in element:
            if not names or local(child) in names:
                yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this name."""
    return next(children(element, name), None)


def text(element: etree._Element | None) -> str:
    """The text directly inside an element, stripped; empty for None."""
    return (element.text or "").strip() if element is not None else ""


def within(element: etree._Element | None, name: str) -> str:
    """The text of the first child of this name."""
    return text(child(element, name))
