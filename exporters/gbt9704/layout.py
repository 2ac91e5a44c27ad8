"""What the checker looks at: paragraphs with their effective faces, and page setup."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Look:
    """A run's effective face: `size` and `tracking` in half-points and twips."""

    font: str = ""
    latin: str = ""
    size: int = 20
    bold: bool = False
    colour: str = "auto"
    tracking: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with its face."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph outside tables; lengths in twips, `*_chars` in hundredths or None."""

    number: int
    runs: tuple[Run, ...]
    align: str = "both"
    first_line: int = 0
    first_chars: int | None = None
    left: int = 0
    left_chars: int | None = None
    right: int = 0
    right_chars: int | None = None
    line: int = 240
    line_rule: str = "auto"
    new_page: bool = False
    page_number: bool = False

    @property
    def text(self) -> str:
        """The paragraph's text without outer spaces."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def raw(self) -> str:
        """The paragraph's text as it is."""
        return "".join(run.text for run in self.runs)

    @property
    def main(self) -> Look:
        """The face of most of its characters."""
        weights: dict[Look, int] = {}
        for run in self.runs:
            weights[run.look] = weights.get(run.look, 0) + len(run.text.strip())
        return max(weights, key=lambda look: weights[look]) if weights else Look()

    @property
    def first(self) -> Look:
        """The face it begins with."""
        return next((run.look for run in self.runs if run.text.strip()), Look())

    @property
    def first_indent(self) -> float:
        """The first line's indent in characters of the paragraph's own size."""
        return _characters(self.first_line, self.first_chars, self.main.size)

    @property
    def left_indent(self) -> float:
        """The left indent in characters."""
        return _characters(self.left, self.left_chars, self.main.size)

    @property
    def right_indent(self) -> float:
        """The right indent in characters."""
        return _characters(self.right, self.right_chars, self.main.size)


def _characters(twips: int, hundredths: int | None, size: int) -> float:
    if hundredths:
        return hundredths / 100
    return twips / (size * 10) if size else 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """Page setup in twips; `grid` and `pitch` of the document grid."""

    number: int
    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    grid: str = ""
    pitch: int = 0
    footers: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything the checker looks at. `table_colours` are the colours of text in tables."""

    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    even_and_odd: bool
    table_colours: frozenset[str]
