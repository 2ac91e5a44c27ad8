"""发布: what waits for release, the packages made, and where each document was put up."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui import theme
from gui.actions import action
from gui.desk import Desk
from gui.dialogs.box import ask_reason, tell
from gui.pages.page import Page
from gui.pages.releases_channels import ChannelCheck
from gui.pages.releases_dialogs import ask_publication
from gui.pages.releases_made import Made
from gui.pages.releases_read import Packages, Published, read_channels, read_package, read_packages
from gui.pages.releases_waiting import WaitingList
from models.disclosure import releases, review
from models.disclosure.case import Action
from models.kernel import base
from models.queries.rows import ReleaseRow

if TYPE_CHECKING:
    from datetime import date

    from models.disclosure.releases import Orphan
    from models.kernel.changes import Changes


class ReleasesPage(Page):
    """Three lists: waiting, made, channels."""

    key = "releases"
    title = "发布"
    icon = "release"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.waiting = WaitingList(desk.home.packages)
        self.made = Made()
        self.channels = ChannelCheck()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("发布页的部分")
        self.tabs.setExpanding(False)
        for name in ("待发布", "发布包", "渠道核对"):
            self.tabs.addTab(name)
        self.stack = QStackedWidget()
        for part in (self.waiting, self.made, self.channels):
            self.stack.addWidget(part)
        self.orphans = QLabel()
        self.orphans.setWordWrap(True)
        self.orphans.setContentsMargins(16, 6, 16, 6)
        bar = QWidget()
        bar.setProperty("role", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.BAR)
        line = QHBoxLayout(bar)
        line.setContentsMargins(8, 0, 12, 0)
        line.addWidget(self.tabs, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(bar)
        rows.addWidget(self.orphans)
        rows.addWidget(self.stack, 1)
        self.orphans.hide()
        self._connect()
        self._dress()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.waiting.release_asked.connect(self.release)
        self.waiting.document_asked.connect(lambda number: self.desk.open("review", number))
        self.made.package_chosen.connect(self._read_package)
        self.made.folder_asked.connect(self._open_folder)
        self.made.publish_asked.connect(self._ask_publish)
        self.made.recall_asked.connect(self._ask_recall)
        self.channels.document_asked.connect(lambda number: self.desk.open("catalogue", number))
        theme.scheme().changed.connect(self._dress)
        for number in range(3):
            name, key = self.tabs.tabText(number), str(number + 1)
            action(self, name, partial(self.tabs.setCurrentIndex, number), key=key)
            self.tabs.setTabToolTip(number, f"{name}（{key}）")

    # --- Page

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None or changes.documents or changes.releases:
            home, officer = self.desk.home, self.desk.officer
            self.desk.read(self, "packages", lambda: read_packages(home, officer), self._show)
            self.desk.read(self, "channels", read_channels, self.channels.show_channels)

    def start(self) -> QWidget:
        """The list in front, or the tabs where it is empty."""
        table = (self.waiting.table, self.made.table, self.channels.table)[self.tabs.currentIndex()]
        return table if table.isVisibleTo(self) else self.tabs

    def _turn(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        if self.isVisible():
            self.take_focus()

    def open_record(self, record: object) -> None:
        if isinstance(record, int):
            self.tabs.setCurrentIndex(1)
            self.made.bring(record)

    # --- showing

    def _show(self, packages: Packages) -> None:
        # The keyboard was left at the tabs only for want of a list.
        waits = self.tabs.hasFocus() and self.start() is self.tabs
        self.waiting.show_waiting(packages.waiting)
        self.made.show_releases(packages.releases)
        self.tabs.setTabText(0, f"待发布 {len(packages.waiting)}" if packages.waiting else "待发布")
        self._show_orphans(list(packages.orphans))
        if waits:
            self.take_focus()

    def _show_orphans(self, orphans: "list[Orphan]") -> None:
        self.orphans.setVisible(bool(orphans))
        if not orphans:
            return
        names = "、".join(orphan.name for orphan in orphans[:3])
        more = f"等 {len(orphans)} 个" if len(orphans) > 3 else ""
        self.orphans.setText(
            f"有没有完成发布的发布包：{names}{more}。里面的文件仍是“待发布”，请不要上传这些包；"
            "在“待发布”里重新选中文件生成一次。"
        )

    def _read_package(self, release_id: int) -> None:
        officer = self.desk.officer
        self.desk.read(
            self,
            "package",
            lambda: (release_id, read_package(release_id, officer)),
            lambda result: self.made.show_package(*result),
        )

    def _dress(self) -> None:
        now = theme.now()
        self.orphans.setStyleSheet(f"background: {now.ask_tint}; color: {now.ask};")

    # --- acts

    def release(self, document_ids: tuple[int, ...], name: str, out: Path) -> None:
        """Build a package of these documents and set them released."""
        home, officer = self.desk.home, self.desk.officer

        def work(_progress: object) -> "tuple[int, Changes]":
            from exporters import package

            return releases.release(
                home, document_ids, partial(package.build, out=out), officer, name
            )

        self.desk.work(f"生成发布包（{len(document_ids)} 份）", work, then=self._released)

    def _released(self, result: "tuple[int, Changes]") -> None:
        self.waiting.clear_name()
        self.tabs.setCurrentIndex(1)
        self.made.bring(result[0])
        self.made.documents.setFocus()
        self.desk.said.emit("发布包已生成。请人工上传，上传后登记网址和日期。")

    def _open_folder(self, release: ReleaseRow) -> None:
        folder = release.folder
        if folder is None or not folder.is_dir():
            tell(
                self,
                "发布包的文件夹不在了",
                (f"原来在：{folder}", "可能被移走或改名。存档里的文件还在，可以重新生成发布包。"),
            )
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _ask_publish(self, release: ReleaseRow, published: Published | None) -> None:
        whole = published is None
        name = f"发布包“{release.name}”的全部文件" if whole else f"《{published.row.title}》"  # type: ignore[union-attr] # whole
        subject = release.id if whole else published.row.id  # type: ignore[union-attr] # whole

        def enter(channel: str, url: str, day: "date") -> None:
            officer = self.desk.officer
            self.desk.act(
                lambda: releases.publish(subject, channel, url, day, officer, whole_release=whole),
                says=f"已登记：{channel}",
            )

        ask_publication(self, f"登记{name}发布在哪里", enter, base.now().date())

    def _ask_recall(self, published: Published) -> None:
        if published.against_recall:
            tell(self, "现在不能撤回", published.against_recall)
            return
        row = published.row
        lines = ["撤回只记录在本程序里；网站和公示栏上的内容要人工撤下。"]
        lines += [f"已登记在：{one.channel} {one.url}" for one in published.publications]

        def recall(reason: str) -> None:
            officer = self.desk.officer
            self.desk.act(
                lambda: review.perform(row.id, Action.RECALL, officer, reason),
                says=f"已撤回《{row.title}》",
            )

        ask_reason(self, f"撤回《{row.title}》", "撤回", recall, lines=lines, danger=True)
