"""A day, typed in any of the usual ways and shown in one."""

import re
from datetime import date

from PySide6.QtWidgets import QLineEdit

from gui.widgets.words import day

_FORMS = re.compile(r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*")
_PLAIN = re.compile(r"\s*(\d{4})(\d{2})(\d{2})\s*")


def parse_day(text: str) -> date | None:
    """2026-03-05, 2026.3.5, 20260305 and 2026年3月5日 are the same day; None for anything else."""
    found = _FORMS.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month, number = (int(group) for group in found.groups())
    try:
        return date(year, month, number)
    except ValueError:
        return None


class DateField(QLineEdit):
    """Shows 2026年3月5日; `iso()` gives 2026-03-05, or what was typed when it is no day."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("如 2026年3月5日")
        self.editingFinished.connect(self._tidy)

    def show_iso(self, text: str) -> None:
        """Show a stored day."""
        self.setText(day(parse_day(text)) or text)

    def iso(self) -> str:
        """The day as it is stored."""
        typed = self.text().strip()
        found = parse_day(typed)
        return found.isoformat() if found is not None else typed

    def _tidy(self) -> None:
        found = parse_day(self.text())
        if found is not None:
            self.setText(day(found))
