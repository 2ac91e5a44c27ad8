"""The review desk with one finding selected, and the keys that rule on it."""

from detection.finding import COLUMN
from gui.desk import Desk
from gui.pages.page import Page
from gui.pages.review_acts import ReviewActs
from gui.pages.review_load import Opened, alike
from gui.widgets.document_view import DocumentView
from gui.widgets.findings_order import next_open, together
from gui.widgets.findings_panel import FindingsPanel
from models.disclosure.findings import Ruling
from models.queries.rows import FindingRow


class RulingPage(Page):
    """What the desk does with the selected finding; walking and showing are the page's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: Opened | None = None
        self._alike: tuple[int, ...] = ()
        self.acts = ReviewActs(desk, self)
        self.view = DocumentView(desk)
        self.panel = FindingsPanel()
        self.panel.read_from(self.view)

    def _select(self, finding_id: int | None) -> None:
        """Select a finding everywhere; ask how many are like it."""
        opened = self._opened
        if opened is None:
            return
        self.panel.select(finding_id)
        finding = self.panel.current
        self._alike = ()
        self.panel.detail.show_alike(0)
        if finding is None:
            return
        self.view.show_finding(finding)
        self.desk.read(self, "alike", lambda: alike(finding.id), self._count)

    def _count(self, ids: list[int]) -> None:
        current = self.panel.current
        if current is not None and current.id in ids and self._opened is not None:
            self._alike = tuple(ids)
            self.panel.count_alike(len(ids))

    def rule_redact(self) -> None:
        """R."""
        self.rule(Ruling.REDACT)

    def rule_mask(self) -> None:
        """M."""
        self.rule(Ruling.MASK)

    def rule_keep(self) -> None:
        """E."""
        self.rule(Ruling.KEEP)

    def rule_not_one(self) -> None:
        """X."""
        self.rule(Ruling.NOT_ONE)

    def rule(self, ruling: Ruling) -> None:
        """Rule on the selected finding, and on all alike when that is ticked; then the next."""
        opened, finding = self._opened, self.panel.current
        if opened is None or finding is None or opened.may_rule:
            return
        ids = self._reached(opened, finding, ruling)
        following = self._after(opened, finding.id, ids)
        self.acts.rule(opened, finding, ruling, ids, lambda: self._select(following))

    def rule_as_before(self) -> None:
        """Y: as an officer decided on the same text before, in another document."""
        opened, finding = self._opened, self.panel.current
        before = self.panel.precedent
        if opened is None or finding is None or before is None or opened.may_rule:
            return
        ids = self._reached(opened, finding, before.ruling)
        self.acts.adopt(before, ids, lambda: self._select(self._after(opened, finding.id, ids)))

    def _reached(self, opened: Opened, finding: FindingRow, ruling: Ruling) -> tuple[int, ...]:
        if finding.rule == COLUMN or self.panel.detail.all_alike.isChecked():
            return together(opened.findings, finding, ruling, self._alike)
        return (finding.id,)

    def toggle_alike(self) -> None:
        """L."""
        self.panel.detail.toggle_alike()

    def add_mark(self) -> None:
        """A."""
        opened = self._opened
        if opened is not None and not opened.may_rule:
            self.acts.add_marks(
                opened.detail.id, self.view.text, self.view.selection(), lambda _made: None
            )

    def undo(self) -> None:
        """Ctrl+Z."""
        if self._opened is not None:
            self.acts.undo(self._opened.detail.id)

    @staticmethod
    def _after(opened: Opened, current: int, ids: tuple[int, ...]) -> int:
        """The next open finding once these are ruled on."""
        ruled = [f._replace(ruling=Ruling.KEEP) if f.id in ids else f for f in opened.findings]
        return next_open(ruled, current) or current
