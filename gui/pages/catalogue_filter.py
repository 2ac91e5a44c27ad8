"""The filter bar of the catalogue: what is shown, in words one can read across."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from detection.finding import Severity
from formats.reading import Kind
from gui import theme
from gui.actions import button
from gui.widgets.date_field import parse_day
from gui.widgets.words import day, kind_word
from models.disclosure.case import State
from models.disclosure.catalogue import ATTRIBUTES
from models.queries.rows import BatchRow, DocumentFilter, Recheck

E = TypeVar("E", bound=StrEnum)
TYPING_MS = 250
OPEN = frozenset(
    {State.RECEIVED, State.RETURNED, State.SUBMITTED, State.CHECKED, State.CLEARED, State.APPROVED}
)
KINDS = (Kind.DOCX, Kind.XLSX, Kind.PDF, Kind.TXT, Kind.CSV, Kind.HTML, Kind.ZIP)
PERIODS: tuple[tuple[str, Callable[[date], date]], ...] = (
    ("今天收到", lambda today: today),
    ("近 7 天", lambda today: today - timedelta(days=6)),
    ("近 30 天", lambda today: today - timedelta(days=29)),
    ("本年", lambda today: today.replace(month=1, day=1)),
)


class FilterBar(QWidget):
    """One row of choices.

    Signals:
        changed(DocumentFilter): the officer chose otherwise.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._trash = False
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.BAR + 4)
        self.text = QLineEdit()
        self.text.setPlaceholderText("标题、正文、文号；空格隔开几个词")
        self.text.setClearButtonEnabled(True)
        self.text.setAccessibleName("按文字筛选")
        self.states = _combo("状态", "全部状态")
        self.states.addItem("办理中", OPEN)
        for state in State:
            if state is not State.DISCARDED:
                self.states.addItem(state.label, frozenset({state}))
        self.severity = _combo("待核内容", "全部待核")
        for severity in Severity:
            self.severity.addItem(f"{severity.label}类", severity)
        self.attribute = _combo("公开方式", "全部公开方式")
        for attribute in ATTRIBUTES:
            self.attribute.addItem(attribute, attribute)
        self.kind = _combo("类型", "全部类型")
        for kind in KINDS:
            self.kind.addItem(kind_word(kind), kind)
        self.batch = _combo("批次", "全部批次")
        self.recheck = _combo("规则更新", "不论新旧规则")
        for recheck in Recheck:
            self.recheck.addItem(recheck.label, recheck)
        self.period = _combo("收到日期", "全部日期")
        for words, _first in PERIODS:
            self.period.addItem(words, words)
        self.period.addItem("自定日期…", "own")
        self.first, self.last = _day_box("起"), _day_box("止")
        self.clear = button("清除", self.reset, role="link", tip="显示全部文件")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for widget in (
            self.states, self.severity, self.attribute, self.kind, self.batch, self.recheck,
            self.period, self.first, self.last, self.clear,
        ):  # fmt: skip
            row.addWidget(widget)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.text.textChanged.connect(lambda _text: self._typing.start())
        for combo in self._combos():
            combo.currentIndexChanged.connect(lambda _index: self._tell())
        for box in (self.first, self.last):
            box.editingFinished.connect(self._tell)
        self._show_own_dates()

    def value(self) -> DocumentFilter:
        """The filter as it stands."""
        first, last = self._days()
        return DocumentFilter(
            states=frozenset() if self._trash else self.states.currentData() or frozenset(),
            attribute=self.attribute.currentData(),
            kind=_chosen(self.kind, Kind),
            severity=_chosen(self.severity, Severity),
            batch=self.batch.currentData(),
            text=self.text.text().strip(),
            received_from=first,
            received_to=last,
            recheck=_chosen(self.recheck, Recheck),
            trash=self._trash,
        )

    def show_value(self, value: DocumentFilter) -> None:
        """Set every choice and tell once."""
        with QSignalBlocker(self.text):
            self.text.setText(value.text)
        own = value.received_from is not None or value.received_to is not None
        for combo, data in (
            (self.states, value.states or None),
            (self.severity, value.severity),
            (self.attribute, value.attribute),
            (self.kind, value.kind),
            (self.batch, value.batch),
            (self.recheck, value.recheck),
            (self.period, "own" if own else None),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(max(0, _index_of(combo, data)))
        self.first.setText(day(value.received_from))
        self.last.setText(day(value.received_to))
        self.show_trash(shown=value.trash)

    def show_trash(self, *, shown: bool) -> None:
        """Only the trash, or never the trash."""
        self._trash = shown
        self.states.setEnabled(not shown)
        self._tell()

    def show_batches(self, batches: tuple[BatchRow, ...] | list[BatchRow]) -> None:
        """The batches there are; the chosen one stays chosen."""
        chosen = self.batch.currentData()
        with QSignalBlocker(self.batch):
            while self.batch.count() > 1:
                self.batch.removeItem(1)
            for row in batches:
                self.batch.addItem(row.name, row.id)
            self.batch.setCurrentIndex(max(0, _index_of(self.batch, chosen)))
        self.batch.setVisible(bool(batches))

    def seek(self, text: str) -> None:
        """Only what holds this text, in all that there is."""
        self.show_value(DocumentFilter(text=text))

    def reset(self) -> None:
        """Everything, but the trash stays the trash."""
        self.show_value(DocumentFilter(trash=self._trash))

    def narrows(self) -> bool:
        """Whether something is left out by choice."""
        return self.value() != DocumentFilter(trash=self._trash)

    def _combos(self) -> tuple[QComboBox, ...]:
        return (
            self.states, self.severity, self.attribute, self.kind, self.batch, self.recheck,
            self.period,
        )  # fmt: skip

    def _days(self) -> tuple[date | None, date | None]:
        chosen = self.period.currentData()
        if chosen == "own":
            return parse_day(self.first.text()), parse_day(self.last.text())
        for words, first in PERIODS:
            if words == chosen:
                return first(_today()), None
        return None, None

    def _show_own_dates(self) -> None:
        own = self.period.currentData() == "own"
        self.first.setVisible(own)
        self.last.setVisible(own)

    def _tell(self) -> None:
        self._typing.stop()
        self._show_own_dates()
        self.clear.setEnabled(self.narrows())
        self.changed.emit(self.value())


def _today() -> date:
    from models.kernel.base import now

    return now().date()


def _combo(name: str, everything: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.addItem(everything, None)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(132)
    return made


def _chosen(combo: QComboBox, kind: type[E]) -> E | None:
    """The value chosen: a box gives the text of a word enumeration back, not the member."""
    data = combo.currentData()
    return None if data is None else kind(data)


def _day_box(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(f"收到日期，{name}")
    made.setPlaceholderText(f"{name} 2026-03-05")
    made.setFixedWidth(104)
    return made


def _index_of(combo: QComboBox, data: Any) -> int:
    """Where a value stands in a box; by equality, which findData does not do for our types."""
    return next((i for i in range(combo.count()) if combo.itemData(i) == data), 0)
