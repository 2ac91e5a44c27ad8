"""The left column: what waits for me, or a batch; one entry a document."""

from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from detection.report import Status
from gui import theme
from gui.desk import Desk
from gui.tables.columns import Column
from gui.tables.columns_model import ROW_ROLE
from gui.tables.rows_model import Order, RowsModel
from gui.widgets import severity
from gui.widgets.findings_opinion import FORWARD
from gui.widgets.pill import paint_pill, pill_width
from models import queries
from models.disclosure.case import State
from models.disclosure.workflow import TABLE
from models.kernel.person import Person
from models.queries.rows import BatchRow, DocumentFilter, DocumentRow, Sort

WIDTH = 218
NARROW = 132
HEIGHT = 64
_MINE = "mine"
_ALL = "all"
_UNFINISHED = frozenset(
    {
        State.RECEIVED, State.SUBMITTED, State.CHECKED, State.CLEARED, State.APPROVED,
        State.RETURNED, State.REFERRED,
    }
)  # fmt: skip


def waiting_states(officer: Person) -> frozenset[State]:
    """The states from which this officer's posts carry a document on."""
    found: set[State] = set()
    for move in TABLE:
        if move.action in FORWARD and move.roles & officer.roles:
            found |= move.states
    return frozenset(found - {State.WITHHELD, State.RECALLED})


def progress_words(row: DocumentRow) -> str:
    """`3/11 处理`, or that nothing was found."""
    if not row.findings:
        return "没有发现" if row.status is Status.READ else severity.words(None, 0, 0, row.status)
    return f"{row.findings - row.open_findings}/{row.findings} 处理"


def _said(row: DocumentRow) -> str:
    return f"{row.title}，{row.state.label}，{progress_words(row)}，{row.next_step}"


class _Entry(QStyledItemDelegate):
    """Severity bar, title, pill and progress, the next step."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # PySide gives the option's rect and state; the stubs do not list them.
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row: DocumentRow | None = index.data(ROW_ROLE)
        ground = "surface"
        if state & QStyle.StateFlag.State_Selected:
            ground = "selection"
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = "hover"
        painter.save()
        painter.fillRect(box, theme.colour(ground))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if row is not None:
            self._paint_row(painter, box, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRect, row: DocumentRow) -> None:
        bar = row.severity.value if row.severity is not None else "done" if row.findings else "line"
        painter.fillRect(QRect(box.left(), box.top(), 4, box.height() - 1), theme.colour(bar))
        inner = box.adjusted(14, 6, -10, -6)
        third = inner.height() // 3
        top = QRect(inner.left(), inner.top(), inner.width(), third)
        middle = top.translated(0, third)
        bottom = middle.translated(0, third)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        metrics = QFontMetrics(painter.font())
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, _LEFT, title)
        paint_pill(painter, QRectF(middle).adjusted(0, 1, 0, 1), row.state)
        painter.setFont(theme.font(theme.CAPTION_POINTS))
        painter.setPen(theme.colour("second"))
        beside = middle.adjusted(pill_width(row.state.label) + 6, 1, 0, 1)
        painter.drawText(beside, _LEFT, progress_words(row))
        small = QFontMetrics(painter.font())
        next_step = small.elidedText(row.next_step, Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom.adjusted(0, 2, 0, 2), _LEFT, next_step)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Queue(QWidget):
    """The list and what it lists.

    Signals:
        chosen(object): another document's id, or None when the list is empty.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: int | None = None
        self._current: int | None = None
        self._place = 0
        self._read = False
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(WIDTH)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope = QComboBox()
        self.scope.setAccessibleName("列出哪些文件")
        self.scope.addItem("等我办理", _MINE)
        self.scope.addItem("全部未办结", _ALL)
        self.model = RowsModel(
            desk,
            (Column("title", "文件", WIDTH, _said),),
            self._read_ids,
            queries.document_rows,
            Order("received_at", descending=True),
            self,
        )
        self.list = QListView()
        self.list.setAccessibleName("待办文件")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Entry(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = QLabel()
        self.count.setProperty("role", "caption")
        head = QWidget()
        head.setProperty("role", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.BAR)
        line = QVBoxLayout(head)
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self.scope)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.count)
        self.count.setContentsMargins(14, 4, 8, 4)
        self.scope.currentIndexChanged.connect(lambda _at: self.model.reload())
        self.model.loaded.connect(self._loaded)
        self.list.selectionModel().currentChanged.connect(self._moved)

    def refresh(self) -> None:
        """Ask for the list again."""
        self.model.reload()

    def show_batches(self, batches: list[BatchRow]) -> None:
        """The batches that can be chosen."""
        chosen = self.scope.currentData()
        with QSignalBlocker(self.scope):
            while self.scope.count() > 2:
                self.scope.removeItem(2)
            for batch in batches:
                self.scope.addItem(f"批次：{batch.name}", batch.id)
            at = self.scope.findData(chosen)
            self.scope.setCurrentIndex(max(0, at))

    def bring(self, document_id: int) -> None:
        """Select a document; lists everything open if it is not in the list."""
        self._wanted = document_id
        if not self._read:
            return  # the list is on its way; it brings the document when it is here
        if self.model.position_of(document_id) is not None:
            self._select(document_id)
        elif self.scope.currentData() == _MINE:
            self.scope.setCurrentIndex(1)
        else:
            self.chosen.emit(document_id)

    def step(self, by: int) -> None:
        """The next or previous document; stays at either end."""
        count = self.model.rowCount()
        if count:
            at = self.list.currentIndex().row()
            self.list.setCurrentIndex(self.model.index(min(max(0, at + by), count - 1), 0))

    def _read_ids(self, order: Order) -> Any:
        scope = self.scope.currentData()
        if isinstance(scope, int):
            wanted = DocumentFilter(batch=scope)
        elif scope == _ALL:
            wanted = DocumentFilter(states=_UNFINISHED)
        else:
            wanted = DocumentFilter(states=waiting_states(self._desk.officer))
            if not wanted.states:
                return []
        return queries.document_ids(wanted, Sort(order.key, order.descending))

    def _loaded(self, count: int) -> None:
        self.count.setText(f"{count} 份" if count else "")
        first, self._read = not self._read, True
        wanted, self._wanted = self._wanted, None
        keep = wanted if wanted is not None else self._current
        if keep is not None and self.model.position_of(keep) is not None:
            self._select(keep)
        elif wanted is not None and first:
            self.bring(wanted)
        elif wanted is not None:
            self._current = wanted
            self.chosen.emit(wanted)
        elif count:
            # The document left the list: the one that moved up to its place is next.
            self.list.setCurrentIndex(self.model.index(min(self._place, count - 1), 0))
        else:
            self._current = None
            self.chosen.emit(None)

    def _select(self, document_id: int) -> None:
        at = self.model.position_of(document_id)
        if at is None:
            return
        same = document_id == self._current
        self._place = at
        with QSignalBlocker(self.list.selectionModel()):
            self.list.setCurrentIndex(self.model.index(at, 0))
        self.list.scrollTo(self.model.index(at, 0))
        self.list.viewport().update()
        if not same:
            self._current = document_id
            self.chosen.emit(document_id)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        document_id = self.model.id_at(now.row()) if now.isValid() else None
        if document_id is not None:
            self._place = now.row()
        if document_id is not None and document_id != self._current:
            self._current = document_id
            self.chosen.emit(document_id)
