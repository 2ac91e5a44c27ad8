"""Approved documents: tick them, name the package, choose the folder, build."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.actions import button
from gui.pages.releases_lines import Line, LinesModel, LinesTable
from gui.pages.releases_read import Waiting
from gui.widgets.empty import Empty
from gui.widgets.words import kind_word, short_day

NOTHING = "没有等待发布的文件。文件通过审批后会出现在这里。"


class WaitingList(QWidget):
    """The list and the foot with which a package is made.

    Signals:
        release_asked(tuple, str, Path): these documents, this name, under this folder.
        document_asked(int): open this document.
    """

    release_asked = Signal(object, str, object)
    document_asked = Signal(int)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._against: dict[int, tuple[str, ...]] = {}
        self.model = LinesModel(
            ("信息名称", "发文字号", "公开方式", "格式", "更新", "能否发布"),
            tickable=True,
            parent=self,
        )
        self.table = LinesTable(self.model, "待发布的文件", (400, 150, 90, 60, 90, 260))
        self.empty = Empty("release", NOTHING)
        self.all = QCheckBox("全选")
        self.count = QLabel()
        self.name = QLineEdit()
        self.name.setAccessibleName("发布包名称")
        self.name.setPlaceholderText("发布包名称（不填则用日期和时间）")
        self.name.setMaxLength(60)
        self.where = QLabel()
        self.where.setProperty("role", "second")
        self.choose = button("存放位置…", self._choose_folder, icon="folder")
        self.make = button("生成发布包", self._ask, role="primary")
        foot = QWidget()
        foot.setProperty("role", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.all)
        line.addWidget(self.count)
        line.addWidget(self.name, 1)
        line.addWidget(self.where)
        line.addWidget(self.choose)
        line.addWidget(self.make)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.stack, 1)
        rows.addWidget(foot)
        self._foot = foot
        self.all.toggled.connect(lambda on: self.model.choose_all(chosen=on))
        self.model.ticked.connect(self._ticked)
        self.table.entered.connect(self.document_asked)
        self._show_folder()
        self.show_waiting(())

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """The approved documents; one that cannot be released now says why."""
        self._against = {one.row.id: one.against for one in waiting}
        self.model.show_lines([_line(one) for one in waiting])
        self.stack.setCurrentWidget(self.table if waiting else self.empty)
        self._foot.setVisible(bool(waiting))

    def clear_name(self) -> None:
        """The package is made."""
        self.name.clear()
        self.all.setChecked(False)

    def _ticked(self) -> None:
        chosen = self.model.chosen()
        self.count.setText(f"已选 {len(chosen)} 份")
        self.make.setEnabled(bool(chosen))
        why = next((reasons for reasons in self._against.values() if reasons), ())
        hint = "先勾选要发布的文件（空格键勾选）"
        self.make.setToolTip("" if chosen else "\n".join((hint, *why)))

    def _ask(self) -> None:
        self.release_asked.emit(self.model.chosen(), self.name.text().strip(), self._folder)

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "发布包存放在哪里", str(self._folder))
        if found:
            self._folder = Path(found)
            self._show_folder()

    def _show_folder(self) -> None:
        metrics = QFontMetrics(self.where.font())
        text = metrics.elidedText(str(self._folder), Qt.TextElideMode.ElideMiddle, 220)
        self.where.setText(f"存放：{text}")
        self.where.setToolTip(str(self._folder))


def _line(one: Waiting) -> Line:
    row = one.row
    off = "\n".join(one.against)
    can = "可以发布" if not one.against else one.against[0]
    words = (
        row.title,
        row.document_number,
        row.attribute,
        kind_word(row.kind),
        short_day(row.updated_at),
        can,
    )
    return Line(row.id, words, one, off)
