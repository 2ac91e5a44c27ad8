"""How much of this machine one file may use. Past a limit the file is refused, not the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formats.reading import TroubleCode, Unreadable

if TYPE_CHECKING:
    from formats.ocr import Recogniser

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Bytes, counts and seconds; `memory` is the whole child's.

    `ocr`: pictures are read too, which takes seconds a page and half a gigabyte; at most `pictures`
    of them, each for at most `seconds_per_picture`.
    """

    file_bytes: int = 300 * MIB
    opened_bytes: int = 600 * MIB
    entries: int = 20_000
    depth: int = 4
    pages: int = 5_000
    segments: int = 3_000_000
    characters: int = 150_000_000
    nodes_deep: int = 256
    seconds: float = 60.0
    seconds_per_page: float = 2.0
    memory: int = 1500 * MIB
    ocr: bool = False
    pictures: int = 1_000
    seconds_per_picture: float = 180.0


class Budget:
    """Counts what one reading has used; each `spend` past a limit raises Unreadable(TOO_BIG)."""

    def __init__(
        self, limits: Limits | None = None, recogniser: "Recogniser | None" = None
    ) -> None:
        """`recogniser` reads the pictures; without one, this process does if `limits.ocr`."""
        self.limits = limits or Limits()
        self.recogniser = recogniser
        self._opened = 0
        self._entries = 0
        self._segments = 0
        self._depth = 0

    def spend_bytes(self, count: int) -> None:
        """Count `count` decompressed bytes."""
        self._opened += count
        if self._opened > self.limits.opened_bytes:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"文件解开后超过 {self.limits.opened_bytes // MIB} 兆字节，已停止读取。"
                "请拆分后再放入。",
            )

    def spend_entries(self, count: int = 1) -> None:
        """Count members of containers."""
        self._entries += count
        if self._entries > self.limits.entries:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"压缩包内的文件超过 {self.limits.entries} 个，已停止读取。请拆分后再放入。",
            )

    def spend_segments(self, count: int = 1) -> None:
        """Count pieces of text."""
        self._segments += count
        if self._segments > self.limits.segments:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"文件内容超过 {self.limits.segments} 处，已停止读取。请拆分后再放入。",
            )

    def check_characters(self, count: int) -> None:
        """Refuse more text than the rules can be run over: a stored text may be shown often."""
        if count > self.limits.characters:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"文件里的文字超过 {self.limits.characters // 10_000} 万字，已停止读取。"
                "请拆分后再放入。",
            )

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """While a file inside a file is read. Raises Unreadable(TOO_BIG) past the limit."""
        self.check_depth(self._depth + 1)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def check_depth(self, depth: int) -> None:
        """Refuse containers nested deeper than the limit; the outermost file has depth 0."""
        if depth > self.limits.depth:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"压缩包套了超过 {self.limits.depth} 层，已停止读取。请解开后再放入。",
            )

    def check_pages(self, pages: int) -> None:
        """Refuse documents with more pages than the limit."""
        if pages > self.limits.pages:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"文件有 {pages} 页，超过 {self.limits.pages} 页，已停止读取。请拆分后再放入。",
            )
