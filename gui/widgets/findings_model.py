"""The list of findings: a heading a family, then two lines a finding."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from detection.finding import Family
from gui import icons, theme
from gui.widgets.document_places import place_words
from gui.widgets.document_text import one_line
from gui.widgets.findings_order import by_family
from models.queries.rows import FindingRow

FINDING_ROLE = int(Qt.ItemDataRole.UserRole)
FAMILY_ROLE = FINDING_ROLE + 1

HEAD_HEIGHT = 28
LINE_HEIGHT = 46

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class FindingsModel(QAbstractListModel):
    """Findings grouped by family. `bare` gives the text itself, or None while it is not read;
    `labels`: what each rule looks for, by its id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[Family, FindingRow | None]] = []
        self._counts: dict[Family, tuple[int, int]] = {}
        self.bare: Callable[[FindingRow], str | None] | None = None
        self.labels: Mapping[str, str] = {}

    def show_findings(self, findings: Sequence[FindingRow]) -> None:
        """Show these; the list is only laid out anew when its members changed."""
        lines: list[tuple[Family, FindingRow | None]] = []
        for family, inside in by_family(findings):
            lines.append((family, None))
            lines += [(family, finding) for finding in inside]
            ruled = sum(finding.ruling is not None for finding in inside)
            self._counts[family] = (ruled, len(inside))
        if [_identity(line) for line in lines] == [_identity(line) for line in self._lines]:
            self._lines = lines
            self.freshen()
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def freshen(self) -> None:
        """The same findings look different."""
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def row_of(self, finding_id: int | None) -> int | None:
        """The line of a finding."""
        for row, (_, finding) in enumerate(self._lines):
            if finding is not None and finding.id == finding_id:
                return row
        return None

    def shown_text(self, finding: FindingRow) -> str:
        """Bare where the officer wants to see it and it is read; masked otherwise."""
        bare = self.bare(finding) if self.bare is not None else None
        return one_line(bare if bare is not None else finding.masked)

    def line_text(self, finding: FindingRow) -> str:
        """What stands in its line: where nothing but stars is shown, what it is."""
        shown = self.shown_text(finding)
        return shown if shown.strip("*") else f"{self.labels.get(finding.rule, '')} {shown}".strip()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._lines[index.row()][1] is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        family, finding = self._lines[index.row()]
        if role == FINDING_ROLE:
            return finding
        if role == FAMILY_ROLE:
            return family, *self._counts.get(family, (0, 0))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if finding is None:
                ruled, total = self._counts.get(family, (0, 0))
                return f"{family.label} {ruled}/{total}"
            ruling = finding.ruling.label if finding.ruling is not None else "未处理"
            place = place_words(finding.place)
            return f"{finding.severity.label} {self.line_text(finding)} {place} {ruling}"
        if role == Qt.ItemDataRole.ToolTipRole and finding is not None:
            return place_words(finding.place)
        return None


def _identity(line: tuple[Family, FindingRow | None]) -> tuple[Family, int | None]:
    return line[0], None if line[1] is None else line[1].id


class FindingsDelegate(QStyledItemDelegate):
    """Paints a heading, or a finding: sign and word of its severity, text, place, ruling."""

    def __init__(self, model: FindingsModel) -> None:
        super().__init__(model)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEAD_HEIGHT if index.data(FINDING_ROLE) is None else LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # PySide gives the option's rect and state; the stubs do not list them.
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        finding: FindingRow | None = index.data(FINDING_ROLE)
        if finding is None:
            self._paint_head(painter, box, *index.data(FAMILY_ROLE))
        else:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_finding(painter, box, finding, selected=selected, hovered=hovered)
        painter.restore()

    def _paint_head(
        self, painter: QPainter, box: QRect, family: Family, ruled: int, total: int
    ) -> None:
        painter.fillRect(box, theme.colour("window"))
        painter.setPen(theme.colour("second"))
        painter.setFont(theme.font(theme.CAPTION_POINTS, strong=True))
        inner = box.adjusted(12, 0, -12, 0)
        painter.drawText(inner, _LEFT, family.label)
        painter.setFont(theme.font(theme.CAPTION_POINTS))
        painter.drawText(inner, _RIGHT, f"{ruled}/{total}")

    def _paint_finding(
        self, painter: QPainter, box: QRect, finding: FindingRow, *, selected: bool, hovered: bool
    ) -> None:
        ground = "selection" if selected else "hover" if hovered else "surface"
        painter.fillRect(box, theme.colour(ground))
        done = finding.ruling is not None
        colour = "done" if done else finding.severity.value
        painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour(colour))
        icon = "done" if done else icons.severity(finding.severity)[0]
        icons.paint(painter, icon, colour, QRectF(box.left() + 11, box.top() + 5, 16, 16))
        inner = box.adjusted(34, 4, -12, -4)
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), inner.height() // 2)
        word = finding.ruling.label if finding.ruling is not None else finding.severity.label
        painter.setFont(theme.font(theme.CAPTION_POINTS, strong=True))
        painter.setPen(theme.colour(colour))
        painter.drawText(upper, _RIGHT, word)
        taken = QFontMetrics(painter.font()).horizontalAdvance(word) + 8
        painter.setFont(theme.font())
        painter.setPen(theme.colour("second" if done else "text"))
        room = upper.adjusted(0, 0, -taken, 0)
        text = QFontMetrics(painter.font()).elidedText(
            self._model.line_text(finding), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _LEFT, text)
        painter.setFont(theme.font(theme.CAPTION_POINTS))
        painter.setPen(theme.colour("second"))
        small = QFontMetrics(painter.font())
        place = place_words(finding.place)
        painter.drawText(
            lower, _LEFT, small.elidedText(place, Qt.TextElideMode.ElideMiddle, lower.width())
        )
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
