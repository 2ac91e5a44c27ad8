"""Open groups of an RTF file, and the destinations under way in them."""

from dataclasses import dataclass, field

from formats.rtf.state import State
from formats.rtf.story import Story
from formats.rtf.words import Destination


@dataclass(slots=True)
class Capture:
    """A destination under way: its text, or its bytes, until its group closes."""

    word: str
    destination: Destination
    text: list[str] = field(default_factory=list)
    data: bytearray = field(default_factory=bytearray)
    words: set[str] = field(default_factory=set)
    inner: bool = False


@dataclass(slots=True)
class Frame:
    """One open group. `captured` and `told` are what it opened itself: `word` is the story's, and
    `begun` how many segments there were before it."""

    state: State
    capture: Capture | None
    story: Story
    captured: bool = False
    told: bool = False
    upr: "Frame | None" = None
    word: str = ""
    begun: int = 0
