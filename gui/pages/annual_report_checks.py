"""The checks beside the tables: what fails, one by one; each leads to its cell."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui import icons, theme
from gui.pages.annual_report_grid import Field, field_of
from models.reporting.checks import Check

RULES = {
    "A1": "第一项加第二项等于第三项加第四项",
    "A2": "（七）总计等于各办理结果之和",
    "A3": "每行总计等于各类申请人之和",
    "A4": "复议、诉讼总计等于各结果之和",
    "D1": "没有空白的格",
    "D3": "没有规章制定权的单位，规章填 0",
}
_FIELD = Qt.ItemDataRole.UserRole


class Checks(QWidget):
    """The list of checks.

    Signals:
        field_asked(Field): bring this cell into view.
    """

    field_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.INSPECTOR - 40)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._checks: Sequence[Check] = ()
        self.title = QLabel("核对")
        self.title.setProperty("role", "section")
        self.list = QListWidget()
        self.list.setAccessibleName("核对结果")
        self.list.setWordWrap(True)
        self.list.setIconSize(icons.sizes(16))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 8, 8)
        rows.addWidget(self.title)
        rows.addWidget(self.list, 1)
        self.list.itemActivated.connect(self._ask)
        self.list.itemClicked.connect(self._ask)
        theme.scheme().changed.connect(self._fill)
        theme.scheme().changed.connect(self._dress)
        self._dress()

    def show_checks(self, checks: Sequence[Check]) -> frozenset[Field]:
        """Show them; gives the cells whose check does not hold."""
        self._checks = checks
        return self._fill()

    def _dress(self) -> None:
        now = theme.now()
        self.list.setStyleSheet(
            f"QListWidget::item:selected {{ background: {now.selection}; color: {now.text}; }}"
        )

    def take_focus(self) -> None:
        """The keyboard goes to the list, to the first check that fails."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setFocus()

    def _fill(self) -> frozenset[Field]:
        self.list.clear()
        wrong: set[Field] = set()
        places: dict[str, int] = {}
        good: dict[str, int] = {}
        for check in self._checks:
            place = places.get(check.rule, 0)
            places[check.rule] = place + 1
            if check.status == "holds":
                good[check.rule] = good.get(check.rule, 0) + 1
                continue
            field = field_of(check, place)
            if field is not None:
                wrong.add(field)
            name = "stop" if check.status == "fails" else "ask"
            item = QListWidgetItem(icons.icon(name, name), f"{check.rule}  {check.says}")
            item.setData(_FIELD, field)
            self.list.addItem(item)
        failing = self.list.count()
        for rule, count in good.items():
            if count == places[rule]:
                item = QListWidgetItem(
                    icons.icon("done", "done"), f"{rule}  {RULES.get(rule, rule)}"
                )
                item.setForeground(theme.colour("second"))
                self.list.addItem(item)
        self.title.setText(
            f"核对：{failing} 处不符（F6 到列表，Enter 到那一格）" if failing else "核对：全部相符"
        )
        return frozenset(wrong)

    def _ask(self, item: QListWidgetItem) -> None:
        field = item.data(_FIELD)
        if field is not None:
            self.field_asked.emit(Field(*field))
