"""文件夹: where files are heard, and where this office's data lie."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.actions import button
from gui.desk import Desk
from gui.dialogs.box import confirm
from gui.pages.settings_tab import Tab, caption
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable
from models.kernel import policy
from models.kernel.policy import Office

if TYPE_CHECKING:
    from models.kernel.changes import Changes


class Folder(NamedTuple):
    """One folder of the list; `own` ones belong to the program and cannot be taken away."""

    path: Path
    use: str
    own: bool
    there: bool


COLUMNS = (
    Column("use", "用途", 160, lambda f: f.use),
    Column("path", "位置", 400, lambda f: str(f.path), tip=lambda f: str(f.path), stretch=True),
    Column("there", "现状", 120, lambda f: "可用" if f.there else "找不到", Look.SECOND),
)


class FoldersTab(Tab):
    """Watch folders and the home."""

    title = "文件夹"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._office: Office | None = None
        self.table = PlainTable(COLUMNS, "文件夹", lambda _row: self._open())
        self.add = button("加上收件文件夹…(&A)", self._add, role="primary", icon="plus")
        self.remove = button("不再收件…(&R)", self._remove)
        self.open = button("打开所在位置(&O)", self._open, icon="folder")
        words = "放进收件文件夹的文件自动检查、收下，并移到其中的“已收”文件夹；原件另有保存。"
        self.lay_out(caption(words), [self.open, self.remove, self.add], self.table)
        self.table.chosen.connect(self._look)
        self._look(None)

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None or changes.policy:
            self.desk.read(self, "folders", self._read, self._show)

    def _read(self) -> tuple[Office | None, list[Folder]]:
        home, office = self.desk.home, policy.office()
        extra = office.inboxes if office is not None else ()
        listed = [(home.inbox, "收件（自带）", True), *((path, "收件", False) for path in extra)]
        listed += [
            (home.originals, "原件库", True),
            (home.packages, "发布包", True),
            (home.rules, "本单位规则", True),
            (home.logs, "程序日志", True),
        ]
        return office, [Folder(path, use, own, path.is_dir()) for path, use, own in listed]

    def _show(self, found: tuple[Office | None, list[Folder]]) -> None:
        self._office = found[0]
        self.table.show_rows(found[1])

    def _look(self, folder: Folder | None) -> None:
        self.remove.setEnabled(folder is not None and not folder.own)
        self.open.setEnabled(folder is not None and folder.there)

    def _add(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择收件文件夹")
        office = self._office
        if name and office is not None and Path(name) not in office.inboxes:
            self._change(
                replace(office, inboxes=(*office.inboxes, Path(name))), "已加上收件文件夹。"
            )

    def _remove(self) -> None:
        folder, office = self.table.row(), self._office
        if folder is not None and office is not None and not folder.own:
            left = tuple(path for path in office.inboxes if path != folder.path)
            confirm(
                self,
                "不再从这个文件夹收件？",
                "不再收件",
                lambda: self._change(replace(office, inboxes=left), "已不再从该文件夹收件。"),
                lines=(str(folder.path), "文件夹和里面的文件不受影响。"),
            )

    def _change(self, office: Office, says: str) -> None:
        by = self.desk.officer
        self.desk.act(lambda: policy.change(office, by), says=says)

    def _open(self) -> None:
        folder = self.table.row()
        if folder is not None and folder.there:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.path)))
