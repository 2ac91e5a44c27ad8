"""The outcome of examining one file: the frozen value that crosses from the child to the rest."""

from dataclasses import dataclass
from enum import StrEnum

from detection.finding import Finding
from formats.reading import Kind, Trouble


class Status(StrEnum):
    """How far an examination came. Values are the contract of the JSON."""

    READ = "read"
    PARTLY = "partly"
    UNREADABLE = "unreadable"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Status.READ: "已读全",
            Status.PARTLY: "未读全，需人工查看",
            Status.UNREADABLE: "无法读取，需人工处理",
            Status.STOPPED: "有国家秘密标志，已拒收",
        }[self]


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of a list. `person` and `village` are bare texts: they live in memory and in the pipe
    from the child. `kinds`: what the row's other filled cells tell."""

    person: str
    village: str
    kinds: tuple[str, ...]

    def __repr__(self) -> str:
        """Without the person."""
        return f"Piece({len(self.kinds)} kinds)"


@dataclass(frozen=True, slots=True)
class Report:
    """One file examined.

    STOPPED: `sha256` is None, `findings` holds the one mark, every text field is empty.
    `plain` is the visible text with every finding masked: what the full-text index may hold.
    `image_pages` are the page numbers that hold no text and that a person must look at.
    `pieces`: what its lists tell of each person.
    """

    status: Status
    kind: Kind
    sha256: str | None
    size: int
    findings: tuple[Finding, ...]
    troubles: tuple[Trouble, ...]
    pages: int | None
    image_pages: tuple[int, ...]
    characters: int
    seconds: float
    rulebook: str
    title: str
    plain: str
    pieces: tuple[Piece, ...] = ()

    def __repr__(self) -> str:
        """How far it came and how much it found: a report may reach a log, its text may not."""
        return f"Report({self.status.value}, {self.kind.value}, {len(self.findings)} findings)"
