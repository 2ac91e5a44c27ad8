"""The packages made; at the right what is in one, and where it was put up."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gui import theme
from gui.actions import button
from gui.pages.releases_lines import Line, LinesModel, LinesTable
from gui.pages.releases_read import Published
from gui.widgets.empty import Empty
from gui.widgets.words import day, moment
from models.disclosure.case import State
from models.queries.rows import ReleaseRow

NOTHING = "还没有发布包。在“待发布”里勾选文件，点“生成发布包”。"


class Made(QWidget):
    """Packages at the left, the one chosen at the right.

    Signals:
        package_chosen(int): read this one's content.
        folder_asked(ReleaseRow): open its folder.
        publish_asked(ReleaseRow, object): enter channel and date for one document; None: for all.
        recall_asked(Published): take this document back.
    """

    package_chosen = Signal(int)
    folder_asked = Signal(object)
    publish_asked = Signal(object, object)
    recall_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: int | None = None
        self.model = LinesModel(("发布包", "文件", "生成人", "发布时间"), parent=self)
        self.table = LinesTable(self.model, "发布包", (260, 50, 90, 150))
        self.empty = Empty("release", NOTHING)
        self.title = QLabel()
        self.title.setProperty("role", "section")
        self.title.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setProperty("role", "caption")
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.content = LinesModel(("文件", "状态", "已登记的渠道"), parent=self)
        self.documents = LinesTable(self.content, "发布包里的文件", (220, 70, 230))
        self.where = QLabel()
        self.where.setProperty("role", "second")
        self.where.setWordWrap(True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder = button("打开文件夹", self._folder, icon="folder")
        self.publish_all = button("全部登记网址…", self._publish_all, icon="link")
        self.publish = button("登记网址…", self._publish, role="primary")
        self.recall = button("撤回…", self._recall, role="danger")
        self._lay_out()
        self.table.current.connect(self._chosen)
        self.documents.entered.connect(lambda _id: self.publish.click())
        self.documents.current.connect(self._document)
        self.show_releases(())

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.addWidget(self.folder)
        upper.addWidget(self.publish_all)
        upper.addStretch(1)
        lower = QHBoxLayout()
        lower.addWidget(self.publish)
        lower.addWidget(self.recall)
        lower.addStretch(1)
        right = QWidget()
        right.setProperty("role", "panel")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(right)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(self.title)
        rows.addWidget(self.facts)
        rows.addLayout(upper)
        rows.addWidget(self.documents, 1)
        rows.addWidget(self.where)
        rows.addLayout(lower)
        line = QWidget()
        line.setProperty("role", "line")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setFixedWidth(1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(line)
        row.addWidget(right, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.table.setMinimumWidth(420)
        right.setMinimumWidth(theme.INSPECTOR)

    def show_releases(self, releases: Sequence[ReleaseRow]) -> None:
        """The packages, the newest first."""
        before = self.table.current_line()
        self.stack.widget(0).setEnabled(bool(releases))
        self.stack.setCurrentIndex(0 if releases else 1)
        self.model.show_lines([_package(row) for row in releases])
        wanted = self._wanted if self._wanted is not None else before.id if before else None
        if wanted is not None:
            self._wanted = None
            self.table.show_id(wanted)

    def bring(self, release_id: int) -> None:
        """Stand on a package, now or when it has arrived."""
        self._wanted = release_id
        self.table.show_id(release_id)

    def show_package(self, release_id: int, published: Sequence[Published]) -> None:
        """What is in the package."""
        line = self.table.current_line()
        if line is None or line.id != release_id:
            return
        self.content.show_lines([_document(one) for one in published])
        released = any(one.row.state is State.RELEASED for one in published)
        self.publish_all.setEnabled(released)

    def _chosen(self, line: Line | None) -> None:
        self.content.show_lines(())
        if line is None:
            self.title.clear()
            self.facts.clear()
            return
        row: ReleaseRow = line.payload
        self.title.setText(row.name)
        self.facts.setText(
            f"{row.made_by} {moment(row.released_at)} 发布，{row.documents} 份文件\n"
            f"文件夹：{row.folder}\n"
            f"清单校验值：{row.manifest_sha256[:16]}…　日志链：{row.head[:16]}…"
        )
        self.package_chosen.emit(line.id)

    def _document(self, line: Line | None) -> None:
        one: Published | None = line.payload if line is not None else None
        if self.window().focusWidget() in (self.publish, self.recall):
            self.documents.setFocus()  # a button that goes dark would send the keyboard away
        self.publish.setEnabled(one is not None and one.row.state is State.RELEASED)
        self.recall.setEnabled(one is not None and not one.against_recall)
        if one is None:
            self.where.clear()
            return
        self.recall.setToolTip("\n".join(one.against_recall))
        entered = [
            f"{p.channel}　{day(p.date)}　{p.url}　（{p.officer}）".replace("　　", "　")
            for p in one.publications
        ]
        self.where.setText("\n".join(entered) or "还没有登记发布渠道。上传后请登记网址和日期。")

    def _release(self) -> ReleaseRow | None:
        line = self.table.current_line()
        return line.payload if line is not None else None

    def _folder(self) -> None:
        row = self._release()
        if row is not None:
            self.folder_asked.emit(row)

    def _publish_all(self) -> None:
        row = self._release()
        if row is not None:
            self.publish_asked.emit(row, None)

    def _publish(self) -> None:
        row, line = self._release(), self.documents.current_line()
        if row is not None and line is not None:
            self.publish_asked.emit(row, line.payload)

    def _recall(self) -> None:
        line = self.documents.current_line()
        if line is not None:
            self.recall_asked.emit(line.payload)


def _package(row: ReleaseRow) -> Line:
    words = (row.name, str(row.documents), row.made_by, moment(row.released_at))
    return Line(row.id, words, row)


def _document(one: Published) -> Line:
    channels = "、".join(dict.fromkeys(p.channel for p in one.publications)) or "未登记"
    return Line(one.row.id, (one.row.title, one.row.state.label, channels), one)
