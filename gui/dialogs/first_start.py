"""The first start: the office, its officers, its folders; or the sample office to learn with."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.actions import button
from gui.dialogs.people_form import PeopleForm
from gui.widgets.rail import WARNING
from models.kernel import policy
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import NewPerson
from models.kernel.policy import Office

WIDTH, HEIGHT = 820, 600
CHOOSE, OFFICE, PEOPLE, FOLDERS = range(4)
HEADS = ("欢迎使用政务公开工作台", "1. 本单位", "2. 人员与岗位", "3. 文件夹")


class FirstStart(QDialog):
    """Three questions, then one act. Accepted: the catalogue is made and open."""

    def __init__(self, home: Home, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self.setWindowTitle("首次设置 · 政务公开工作台")
        self.resize(WIDTH, HEIGHT)
        self.setMinimumSize(720, 520)
        self._head = QLabel()
        self._head.setFont(theme.font(15, strong=True))
        self._says = QLabel()
        self._says.setProperty("role", "error")
        self._says.setWordWrap(True)
        self.pages = QStackedWidget()
        self.office = _OfficeForm()
        self.people = PeopleForm()
        self.folders = _FolderList(home)
        for page in (self._choices(), self.office, self.people, self.folders):
            self.pages.addWidget(page)
        self._back = button("上一步(&B)", lambda: self._go(self.pages.currentIndex() - 1))
        self._next = button("下一步(&N)", self._forward, role="primary")
        self._next.setDefault(True)
        leave = button("退出", self.reject)
        foot = QHBoxLayout()
        warning = QLabel(WARNING)
        warning.setProperty("role", "caption")
        foot.addWidget(warning)
        foot.addStretch(1)
        for widget in (leave, self._back, self._next):
            foot.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(40, 32, 40, 20)
        rows.setSpacing(12)
        rows.addWidget(self._head)
        rows.addWidget(self.pages, 1)
        rows.addWidget(self._says)
        rows.addLayout(foot)
        # Forward comes first under Tab: whoever has filled in the page wants to go on.
        self.setTabOrder(self._next, self._back)
        self.setTabOrder(self._back, leave)
        self._go(CHOOSE)

    def _choices(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        lead = QLabel(
            "从收件、保密审查到发布，一份文件走完全程。文件只在这台计算机上处理，程序不连接网络。"
        )
        lead.setWordWrap(True)
        lead.setProperty("role", "second")
        rows.addWidget(lead)
        rows.addSpacing(8)
        rows.addWidget(
            _card(
                "设置本单位",
                "填写单位名称、人员和岗位、收件文件夹。约需五分钟，以后都可以修改。",
                button("设置本单位(&S)", lambda: self._go(OFFICE), role="primary"),
            )
        )
        rows.addWidget(
            _card(
                "先看示例单位",
                "一个虚构的乡镇，有人员和三十一份文件，用来熟悉操作；不用时删掉数据文件夹即可。",
                button("打开示例单位(&O)", self._open_sample),
            )
        )
        place = QLabel(f"数据文件夹：{self._home.root}")
        place.setProperty("role", "caption")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows.addWidget(place)
        rows.addStretch(1)
        return page

    def _go(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._head.setText(HEADS[page])
        self._says.clear()
        self._back.setVisible(page > CHOOSE)
        self._next.setVisible(page > CHOOSE)
        self._next.setText("完成设置(&F)" if page == FOLDERS else "下一步(&N)")
        shown = self.pages.currentWidget().findChildren(QWidget)
        tab = Qt.FocusPolicy.TabFocus
        first = next((w for w in shown if w.focusPolicy() & tab and w.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _forward(self) -> None:
        page = self.pages.currentIndex()
        if page == OFFICE and not self.office.value().name:
            self._says.setText("单位名称不能空着。请填写全称，它会印在审批表和目录上。")
        elif page == FOLDERS:
            self._finish()
        else:
            self._go(page + 1)

    def _finish(self) -> None:
        entered = self.office.value()
        office = Office(
            name=entered.name,
            unit_code=entered.unit_code,
            region=entered.region,
            review_body=entered.review_body,
            court=entered.court,
            check_step=entered.check_step,
            inboxes=self.folders.folders(),
        )
        self._set_up(office, self.people.people())

    def _open_sample(self) -> None:
        from exporters import sample_office

        office, people = sample_office.setup()
        self._set_up(office, people, lambda: sample_office.write_files(self._home.inbox))

    def _set_up(
        self,
        office: Office,
        people: Sequence[NewPerson],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            policy.set_up(self._home, office, people)
            then()
        except Refused as refused:
            self._says.setText("\n".join(refused.reasons))
        except Unavailable as missing:
            self._says.setText(f"{missing.what}。{missing.why}")
        else:
            self.accept()
        finally:
            QApplication.restoreOverrideCursor()


class _OfficeForm(QWidget):
    """What the papers need to know of the office."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._code, self._region = QLineEdit(), QLineEdit(), QLineEdit()
        self._body, self._court = QLineEdit(), QLineEdit()
        self._check = QCheckBox("送审后先由科室负责人审核，再做保密审查")
        self._check.setChecked(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        for label, line, hint in (
            ("单位名称", self._name, "全称，例如：某某县白石沟镇人民政府"),
            ("统一社会信用代码", self._code, "十八位；用于索引号和目录，可以以后再填"),
            ("行政区划", self._region, "例如：某某市某某县"),
            ("复议机关", self._body, "告知书上写的行政复议机关，例如：某某县人民政府"),
            ("管辖法院", self._court, "告知书上写的人民法院，例如：某某县人民法院"),
        ):
            line.setPlaceholderText(hint)
            line.setAccessibleName(label)
            form.addRow(label, line)
        form.addRow("审查流程", self._check)
        way = QLabel("承办人自审、保密审查员审查、分管领导审批是必经步骤，由不同的人办理。")
        way.setProperty("role", "caption")
        way.setWordWrap(True)
        form.addRow("", way)

    def value(self) -> Office:
        return Office(
            name=self._name.text().strip(),
            unit_code=self._code.text().strip().upper(),
            region=self._region.text().strip(),
            review_body=self._body.text().strip(),
            court=self._court.text().strip(),
            check_step=self._check.isChecked(),
        )


class _FolderList(QWidget):
    """Watch folders besides the home's own."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        lead = QLabel(
            f"放进收件文件夹的文件会自动检查、收下，收下后移到其中的“已收”文件夹。\n\n"
            f"自带的收件文件夹：{home.inbox}\n\n还可以加上本机或局域网上的其他文件夹："
        )
        lead.setWordWrap(True)
        self._list = QListWidget()
        self._list.setAccessibleName("其他收件文件夹")
        self._list.setProperty("role", "surface")
        foot = QHBoxLayout()
        foot.addWidget(button("加上文件夹…(&A)", self._add))
        foot.addWidget(button("去掉所选(&R)", self._remove))
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(lead)
        rows.addWidget(self._list, 1)
        rows.addLayout(foot)

    def folders(self) -> tuple[Path, ...]:
        return tuple(Path(self._list.item(i).text()) for i in range(self._list.count()))

    def _add(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择收件文件夹")
        if name and not self._list.findItems(name, Qt.MatchFlag.MatchExactly):
            self._list.addItem(name)

    def _remove(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))


def _card(head: str, words: str, act: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "surface")
    title = QLabel(head)
    title.setFont(theme.font(theme.BASE_POINTS + 1, strong=True))
    text = QLabel(words)
    text.setWordWrap(True)
    text.setProperty("role", "second")
    left = QVBoxLayout()
    left.setSpacing(4)
    left.addWidget(title)
    left.addWidget(text)
    row = QHBoxLayout(card)
    row.setContentsMargins(20, 18, 20, 18)
    row.setSpacing(24)
    row.addLayout(left, 1)
    row.addWidget(act, 0, Qt.AlignmentFlag.AlignVCenter)
    return card
