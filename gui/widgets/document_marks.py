"""Where the findings of one revision stand in its text, as far as that has been read."""

from collections.abc import Sequence

from gui.widgets.document_text import ShownMark, ShownText
from models.queries.rows import FindingRow


class PlacedMarks:
    """The marks of one side. A finding whose text is not read yet gets its mark later."""

    def __init__(self) -> None:
        self._findings: Sequence[FindingRow] = ()
        self._placed: dict[int, ShownMark] = {}

    def show(self, findings: Sequence[FindingRow]) -> None:
        """Other findings, or the same ones ruled on anew."""
        self._findings, self._placed = findings, {}

    def place(self, text: ShownText) -> bool:
        """Find those that are in the text by now; True when there are new ones."""
        known = len(self._placed)
        for finding in self._findings:
            if finding.id in self._placed:
                continue
            index = text.locate(finding.place, finding.span)
            if index is not None:
                done = finding.ruling is not None
                start, end = finding.span
                self._placed[finding.id] = ShownMark(
                    finding.id, index, start, end, finding.severity, done
                )
        return len(self._placed) > known

    def shown(self) -> list[ShownMark]:
        """All that are placed."""
        return list(self._placed.values())
