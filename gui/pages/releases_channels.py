"""Which released documents stand on one channel and not on another."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.releases_dialogs import CHANNELS
from gui.pages.releases_lines import Line, LinesModel, LinesTable
from gui.pages.releases_read import on_one_only
from gui.widgets.empty import Empty
from gui.widgets.words import short_day
from models.queries.rows import DocumentRow

ANYWHERE = "全部已发布文件"


class ChannelCheck(QWidget):
    """Two choices and the list of what is missing.

    Signals:
        document_asked(int): open this document.
    """

    document_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channels: dict[DocumentRow, frozenset[str]] = {}
        self.on = QComboBox()
        self.on.setAccessibleName("已经发布在")
        self.missing = QComboBox()
        self.missing.setAccessibleName("还没有发布在")
        self.count = QLabel()
        self.count.setProperty("role", "second")
        self.model = LinesModel(("信息名称", "发文字号", "已登记的渠道", "更新"), parent=self)
        self.table = LinesTable(self.model, "渠道核对", (400, 160, 260, 90))
        self.empty = Empty("release", "")
        bar = QWidget()
        bar.setProperty("role", "panel")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(QLabel("在"))
        line.addWidget(self.on)
        line.addWidget(QLabel("有，在"))
        line.addWidget(self.missing)
        line.addWidget(QLabel("没有"))
        line.addWidget(self.count, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(bar)
        rows.addWidget(self.stack, 1)
        for box in (self.on, self.missing):
            box.currentIndexChanged.connect(lambda _at: self._list())
        self.table.entered.connect(self.document_asked)
        self.show_channels({})

    def show_channels(self, channels: dict[DocumentRow, frozenset[str]]) -> None:
        """Every released document with its channels."""
        self._channels = channels
        known = sorted(frozenset[str]().union(*channels.values(), CHANNELS[:4]))
        for box, first in ((self.on, ANYWHERE), (self.missing, "")):
            before = box.currentText()
            with QSignalBlocker(box):
                box.clear()
                box.addItems([first, *known] if first else known)
                wanted = before or (first or CHANNELS[0])
                box.setCurrentIndex(max(0, box.findText(wanted)))
        self._list()

    def _list(self) -> None:
        on = "" if self.on.currentText() == ANYWHERE else self.on.currentText()
        missing = self.missing.currentText()
        found = on_one_only(self._channels, on, missing)
        self.model.show_lines([self._line(row) for row in found])
        self.count.setText(f"{len(found)} 份" if found else "")
        self.stack.setCurrentIndex(0 if found else 1)
        if not self._channels:
            self.empty.say("还没有已发布的文件。发布并登记网址后，可以在这里核对各渠道是否一致。")
        elif not found:
            self.empty.say(f"没有遗漏：{self.on.currentText()}在“{missing}”都已登记。")

    def _line(self, row: DocumentRow) -> Line:
        known = "、".join(sorted(self._channels[row])) or "未登记"
        return Line(row.id, (row.title, row.document_number, known, short_day(row.updated_at)))
