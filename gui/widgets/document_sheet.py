"""A workbook as a reader sees it: tabs for sheets, tables with heads, marks in the cells."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from formats.reading import Part
from gui import icons, theme
from gui.widgets.document_layout import ROW_POINTS, paper_font
from gui.widgets.document_paint import EDGE, mark_colour, paint_mark
from gui.widgets.document_sheet_model import (
    HIDDEN_ROLE,
    MARKS_ROLE,
    SEGMENT_ROLE,
    Grid,
    SheetKey,
    SheetModel,
    sheet_key,
    sort_into,
)
from gui.widgets.document_text import Selected, ShownMark, ShownText, utf16

ROW_HEIGHT = 28
PAD = 7


class _Cells(QStyledItemDelegate):
    """Paints one cell: ground, marks, text. Nothing is kept between cells."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.current: int | None = None
        self._font = paper_font(ROW_POINTS)
        self._metrics = QFontMetrics(self._font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # PySide gives the option's rect and state; the stubs do not list them.
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, theme.colour("paper"))
        if index.data(HIDDEN_ROLE):
            painter.fillRect(box, QBrush(theme.mark("hide", 0.14), Qt.BrushStyle.BDiagPattern))
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.mark("accent", 0.16))
        text = index.data() or ""
        inner = box.adjusted(PAD, 0, -PAD, 0)
        marks: Sequence[ShownMark] = index.data(MARKS_ROLE) or ()
        for mark in marks:
            left = inner.left() + self._metrics.horizontalAdvance(text, utf16(text, mark.start))
            right = inner.left() + self._metrics.horizontalAdvance(text, utf16(text, mark.end))
            top = box.center().y() - self._metrics.height() / 2
            stretch = QRectF(left, top, min(right, box.right() - 2) - left, self._metrics.height())
            if stretch.width() < EDGE:
                stretch = QRectF(box).adjusted(EDGE, 2, -2, -2)
            name = mark_colour(mark)
            paint_mark(painter, stretch, name, current=mark.finding == self.current, first=True)
        painter.setFont(self._font)
        painter.setPen(theme.colour("on_paper"))
        painter.drawText(
            inner,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()),
        )
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.mark("accent", 1.0), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, ROW_HEIGHT)


class SheetView(QWidget):
    """Tabs and the table of the sheet in front.

    Signals:
        mark_clicked(int): a finding's row id.
        selection_changed(): other cells are selected.
    """

    mark_clicked = Signal(int)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ShownText()
        self._shown: frozenset[Part] = frozenset()
        self._grids: dict[SheetKey, Grid] = {}
        self._models: dict[SheetKey, SheetModel] = {}
        self._marks: dict[int, list[ShownMark]] = {}
        self._dressed: tuple[object, ...] = ()
        # Texts that stand in a cell in which another is shown.
        self.crowded: list[int] = []
        # Rows that arrive are shown together: each time the table lays its heads out and repaints.
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(250)
        self._growing.timeout.connect(self._show_growth)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("工作表")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFixedHeight(34)
        self.table = QTableView()
        self.table.setAccessibleName("工作表内容")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        # Lines on paper are light in both schemes.
        self.table.setStyleSheet(f"QTableView {{ gridline-color: {theme.LIGHT.line_strong}; }}")
        self._cells = _Cells(self.table)
        self.table.setItemDelegate(self._cells)
        rows = self.table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        # A fixed width: else every new row makes the head measure a thousand numbers.
        rows.setFixedWidth(56)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.tabs)
        self.setFocusProxy(self.table)
        self.tabs.currentChanged.connect(self._turn)
        self.table.clicked.connect(self._clicked)
        theme.scheme().changed.connect(self.table.viewport().update)

    def show_text(self, text: ShownText, shown: frozenset[Part] = frozenset()) -> None:
        """Begin with this text; `shown`: the hidden parts that are opened."""
        before = self._in_front()
        self._text, self._shown = text, shown
        self._grids, self._models, self.crowded = {}, {}, []
        with QSignalBlocker(self.tabs):  # a tab that moves up would ask for a sheet that is gone
            while self.tabs.count():
                self.tabs.removeTab(0)
        self.table.setModel(None)
        self.text_grew(range(len(text)))
        if before is not None:
            self._bring(before)

    def text_grew(self, fresh: range) -> None:
        """More of the file has been read."""
        grown = sort_into(self._grids, self._text, fresh, self.crowded)
        for key, grid in self._grids.items():
            if key in self._models:
                if key in grown and not self._growing.isActive():
                    self._growing.start()
                continue
            model = SheetModel(grid, self._text, self)
            model.set_marks(self._marks)
            self._models[key] = model
            if grid.hidden and Part.HIDDEN_SHEET not in self._shown:
                continue
            at = self.tabs.addTab(f"{grid.title}（隐藏）" if grid.hidden else grid.title)
            self.tabs.setTabData(at, key)
            if at == self.tabs.currentIndex():  # the signal came before the tab had its data
                self._turn(at)
            if grid.hidden:
                self.tabs.setTabIcon(at, icons.icon("hide", "hide"))

    def _show_growth(self) -> None:
        for model in self._models.values():
            model.grew()
        front = self._in_front()
        if front is not None and self._dressed != self._measure(front):
            self._dress()

    def set_marks(self, marks: Sequence[ShownMark], current: int | None) -> None:
        """The coloured stretches; `current` is the finding that is selected."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.segment, []).append(mark)
        self._cells.current = current
        for model in self._models.values():
            model.set_marks(self._marks)

    def go_to(self, segment: int, start: int = 0) -> bool:
        """Bring the cell to the front; False when it is not shown."""
        wanted = self._text.segments[segment]
        place = wanted.place
        if place.part is Part.SHEET:
            return self._bring(sheet_key(wanted)) and place.cell is None
        model = self._models.get(sheet_key(wanted))
        if model is not None:
            model.grew()
        if model is None or place.row is None or place.column is None:
            return False
        if model.segment_at(place.row - 1, place.column - 1) != segment:
            return False
        if not self._bring(sheet_key(wanted)):
            return False
        index = model.index(place.row - 1, place.column - 1)
        if self.table.isRowHidden(index.row()) or self.table.isColumnHidden(index.column()):
            return False
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def selection(self) -> list[Selected]:
        """The selected cells that hold text, whole."""
        key = self._in_front()
        chosen = self.table.selectionModel()
        if key is None or chosen is None:
            return []
        found = []
        for index in chosen.selectedIndexes():
            segment = index.data(SEGMENT_ROLE)
            if segment is not None:
                found.append(Selected(segment, 0, len(self._text.segments[segment].text)))
        return found

    def _in_front(self) -> SheetKey | None:
        at = self.tabs.currentIndex()
        return None if at < 0 else self.tabs.tabData(at)

    def _bring(self, key: SheetKey) -> bool:
        for at in range(self.tabs.count()):
            if self.tabs.tabData(at) == key:
                self.tabs.setCurrentIndex(at)
                return True
        return False

    def _turn(self, at: int) -> None:
        key = self._in_front()
        if at < 0 or key is None:
            self.table.setModel(None)
            return
        self.table.setModel(self._models[key])
        self.table.selectionModel().selectionChanged.connect(self.selection_changed)
        self._dress()

    def _measure(self, key: SheetKey) -> tuple[object, ...]:
        """What the dressing depends on; it is not done again while this is the same."""
        grid = self._grids[key]
        hidden = (len(grid.hidden_rows), len(grid.hidden_columns))
        return key, len(grid.top), grid.columns, *hidden, self._shown

    def _dress(self) -> None:
        """Widths by content, hidden rows and columns in or out."""
        key = self._in_front()
        if key is None:
            return
        grid = self._grids[key]
        self._dressed = self._measure(key)
        em = QFontMetrics(paper_font(ROW_POINTS)).horizontalAdvance("国")
        for column, widest in grid.widths(self._text).items():
            wanted = min(24.0, max(3.0, widest)) * em + 2 * PAD + 8
            self.table.setColumnWidth(column - 1, int(wanted))
        self.table.clearSpans()
        for row, column in grid.titles():
            if grid.columns > column:
                self.table.setSpan(row - 1, column - 1, 1, grid.columns - column + 1)
        show_rows = Part.HIDDEN_ROW in self._shown or grid.hidden
        show_columns = Part.HIDDEN_COLUMN in self._shown or grid.hidden
        for row in grid.hidden_rows:
            self.table.setRowHidden(row - 1, not show_rows)
        for column in grid.hidden_columns:
            self.table.setColumnHidden(column - 1, not show_columns)

    def _clicked(self, index: QModelIndex) -> None:
        marks: Sequence[ShownMark] = index.data(MARKS_ROLE) or ()
        if marks:
            self.mark_clicked.emit(marks[0].finding)
