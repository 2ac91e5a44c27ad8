"""目录: all documents, filtered and found, with one document's details at the right."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.actions import action, gap, tool
from gui.desk import Desk
from gui.pages import catalogue_acts as acts
from gui.pages.catalogue_batches import BatchesMenu
from gui.pages.catalogue_columns import COLUMNS
from gui.pages.catalogue_filter import FilterBar
from gui.pages.catalogue_inspector import Inspector, Shown, against, read_shown
from gui.pages.catalogue_views_menu import ViewsMenu
from gui.pages.page import Page
from gui.pages.replacing import ask_replacement
from gui.tables.rows_model import Order, RowsModel
from gui.tables.table import Table
from gui.widgets.empty import Empty
from models import queries
from models.disclosure.case import Action, State
from models.queries.rows import BatchRow, DocumentFilter, Recheck, Sort

if TYPE_CHECKING:
    from array import array

    from models.kernel.changes import Changes

NOTHING = "目录里还没有文件。把 Word、Excel、PDF 等文件或者文件夹拖到窗口里，程序先检查再收下。"
NOTHING_FITS = "没有符合条件的文件。可以减少筛选条件，或者换一个词查找。"
TRASH_EMPTY = "回收站是空的。移入回收站的文件会在这里，可以随时移出。"


class CataloguePage(Page):
    """The catalogue."""

    key = "catalogue"
    title = "目录"
    icon = "catalogue"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filter = DocumentFilter()
        self._settings = QSettings(str(desk.home.settings), QSettings.Format.IniFormat)
        self.model = RowsModel(
            desk,
            COLUMNS,
            self._read_ids,
            queries.document_rows,
            Order("received_at", descending=True),
            self,
        )
        self.table = Table(desk, self.model, "catalogue")
        self.table.setAccessibleName("文件目录")
        self.filter = FilterBar()
        self.inspector = Inspector()
        self._make_actions()
        self.empty = Empty("put-in", NOTHING, self.put_in)
        self._lay_out()
        self._connect()
        self._show_chosen(None)

    # --- Page

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None or changes.documents or changes.batches:
            self.model.reload()
            self._show_chosen(self.table.current_id())
        if changes is None or changes.batches:
            self.desk.read(self, "batches", queries.batches, self._show_batches)

    def start(self) -> QWidget:
        """Rows can be walked at once."""
        return self.table

    def open_record(self, record: object) -> None:
        if isinstance(record, Recheck):
            self.filter.show_value(DocumentFilter(recheck=record))
        elif isinstance(record, int):
            self.filter.show_value(DocumentFilter())
            self.table.show_id(record)
            self.table.setFocus()

    def seek(self, text: str) -> None:
        self.filter.seek(text)
        self.table.setFocus()

    # --- building

    def _make_actions(self) -> None:
        self.put_in = action(
            self, "放入文件…", self._put_in, key="Ctrl+O", icon="put-in",
            tip="选择文件放入；也可以把文件拖到窗口里",
        )  # fmt: skip
        self.put_in_folder = action(self, "放入文件夹…", self._put_in_folder, icon="folder")
        self.put_in_batch = action(self, "放入为新批次…", self._put_in_batch, icon="batch")
        self.put_in_ways = action(self, "其他放入方式", lambda: None, icon="down")
        self.look = action(self, "去审查", self._review, icon="review", tip="打开审查台（Enter）")
        self.hand_on = action(self, "交下一步", self._hand_on, key="Ctrl+Return", icon="next")
        self.discard = action(self, "移入回收站", self._discard, key="Delete", icon="trash")
        self.restore = action(self, "移出回收站", self._restore, key="Ctrl+R", icon="restore")
        self.replace_file = action(
            self, "换一份文件…", self._replace, icon="return",
            tip="选另一个文件作为新版本，检查后换上；目录信息和办理记录都保留",
        )  # fmt: skip
        self.copy = action(self, "复制所选行", self.table.copy, icon="copy")
        self.export = action(self, "导出所列各行…", self._export, icon="export")
        self.trash = action(self, "回收站", self._toggle_trash, key="Ctrl+T", icon="trash")
        self.trash.setCheckable(True)
        self.saved_views = action(self, "视图", lambda: None, icon="star", tip="常用的筛选条件")
        self.more = action(
            self, "更多", lambda: None, icon="more", tip="归入批次、换文件、复制、导出"
        )
        self.batches = BatchesMenu(self.desk, self.table.chosen_ids, self)

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setProperty("role", "panel")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.BAR + 4)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(2)
        ways = tool(self.put_in_ways, words=False)
        ways.setFixedWidth(24)
        for widget in (tool(self.put_in), ways, gap()):
            row.addWidget(widget)
        for act in (self.look, self.hand_on, self.discard):
            row.addWidget(tool(act))
        self._restore_button = tool(self.restore)
        row.addWidget(self._restore_button)
        row.addStretch(1)
        self._amount = QLabel()
        self._amount.setProperty("role", "second")
        row.addWidget(self._amount)
        row.addSpacing(8)
        self._views_button = tool(self.saved_views)
        more = tool(self.more, words=False)
        menu = QMenu(more)
        self._fill_menu(menu)
        ways_menu = QMenu(ways)
        ways_menu.addActions([self.put_in, self.put_in_folder, self.put_in_batch])
        ways.setMenu(ways_menu)
        for button in (self._views_button, more, ways):
            button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)
        self._views_button.setMenu(
            ViewsMenu(self.desk, self._settings, self.filter.value, self._use_view, self)
        )
        more.setMenu(menu)
        for widget in (self._views_button, tool(self.trash), more):
            row.addWidget(widget)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self.empty)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self._list)
        self.split.addWidget(self.inspector)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self._list.setMinimumWidth(420)
        self.inspector.setMinimumWidth(300)
        self.split.setSizes([842, theme.INSPECTOR])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(bar)
        rows.addWidget(self.filter)
        rows.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter_changed)
        self.model.loaded.connect(self._loaded)
        self.table.chosen.connect(self._show_chosen)
        self.table.entered_row.connect(lambda found: self.desk.open("review", found))
        self.table.menu_asked.connect(self._menu)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._look_at_acts())
        self.inspector.fields_saved.connect(self._save_fields)

    # --- reading

    def _read_ids(self, order: Order) -> "array[int]":
        return queries.document_ids(self._filter, Sort(order.key, order.descending))

    def _show_batches(self, batches: list[BatchRow]) -> None:
        self.filter.show_batches(batches)
        self.batches.show_batches(batches)

    def _filter_changed(self, value: DocumentFilter) -> None:
        if value != self._filter:
            self._filter = value
            self.model.reload()

    def _loaded(self, count: int) -> None:
        narrowed = self.filter.narrows()
        self._amount.setText(f"{count} 份" if count else "")
        if count:
            self._show_list()
        elif self._filter.trash:
            self.empty.say(TRASH_EMPTY)
            self._list.setCurrentIndex(1)
        else:
            self.empty.say(NOTHING_FITS if narrowed else NOTHING, None if narrowed else self.put_in)
            self._list.setCurrentIndex(1)

    def _show_list(self) -> None:
        """The table; the keyboard goes to it where the page or the empty list had it."""
        focus = QApplication.focusWidget()
        lost = focus in (None, self) or self.empty.isAncestorOf(focus)
        self._list.setCurrentIndex(0)
        if lost and self.isVisible():
            self.table.setFocus()
        if self.table.current_id() is None:
            self.table.select_alone(0)

    def _show_chosen(self, found: int | None) -> None:
        if found is None:
            self._show(None)
            return
        officer = self.desk.officer
        self.desk.read(self, "inspector", lambda: read_shown(found, officer), self._show)

    def _show(self, shown: Shown | None) -> None:
        if shown is not None and shown.detail.id != self.table.current_id():
            return
        self.inspector.show_document(shown)
        self._look_at_acts()

    def _look_at_acts(self) -> None:
        """Each act as enabled as the rules say, with every refusal in its tool tip."""
        shown = self.inspector.shown
        several = len(self.table.chosen_ids())
        in_trash = self._filter.trash
        self.look.setEnabled(shown is not None and not in_trash)
        self.hand_on.setVisible(not in_trash)
        self.discard.setVisible(not in_trash)
        self.restore.setVisible(in_trash)
        self._restore_button.setVisible(in_trash)
        self.batches.menuAction().setEnabled(several > 0)
        mine = shown is not None and shown.detail.state in (State.RECEIVED, State.RETURNED)
        self.replace_file.setEnabled(mine and several <= 1)
        step = self._next_action()
        words = "交下一步" if step is None else f"交下一步：{step.label}"
        self.hand_on.setText(words)
        for act, which, fallback in (
            (self.hand_on, step, words),
            (self.discard, Action.DISCARD, "移入回收站"),
            (self.restore, Action.RESTORE, "移出回收站"),
        ):
            reasons = against(shown, which)
            act.setEnabled(shown is not None and (several > 1 or not reasons))
            act.setToolTip("\n".join(reasons) if reasons and several <= 1 else fallback)

    def _next_action(self) -> Action | None:
        shown = self.inspector.shown
        if shown is None:
            return None
        return acts.forward(shown.detail.state, check_step=shown.check_step)

    # --- acts

    def _put_in(self) -> None:
        self._take(acts.choose_files(self), None)

    def _put_in_folder(self) -> None:
        self._take(acts.choose_folder(self), None)

    def _put_in_batch(self) -> None:
        acts.put_in_new_batch(self.desk, self, self._take)

    def _take(self, paths: list[Path], batch: int | None) -> None:
        if paths:
            self.desk.offered.emit(paths, batch)

    def _review(self) -> None:
        found = self.table.current_id()
        if found is not None:
            self.desk.open("review", found)

    def _hand_on(self) -> None:
        step, shown = self._next_action(), self.inspector.shown
        if step is not None and shown is not None:
            name = shown.detail.title or shown.detail.name
            acts.hand_on(self.desk, self, self.table.chosen_ids(), step, name)

    def _replace(self) -> None:
        shown = self.inspector.shown
        if shown is not None:
            ask_replacement(self.desk, self, shown.detail.id, shown.detail.title)

    def _discard(self) -> None:
        shown = self.inspector.shown
        if shown is not None and not self._filter.trash:
            name = shown.detail.title or shown.detail.name
            acts.discard(self.desk, self, self.table.chosen_ids(), name)

    def _restore(self) -> None:
        acts.restore(self.desk, self.table.chosen_ids())

    def _toggle_trash(self) -> None:
        self.filter.show_trash(shown=self.trash.isChecked())
        self.table.setFocus()

    def _save_fields(self, document_id: int, fields: dict[str, str]) -> None:
        def saved(_changes: object) -> None:
            self.inspector.forget_draft(document_id)

        acts.save_fields(self.desk, document_id, fields, saved)

    def _export(self) -> None:
        acts.export_rows(self.table, self)

    # --- menus

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addActions([self.look, self.hand_on])
        menu.addSeparator()
        self._fill_menu(menu)
        menu.addSeparator()
        menu.addAction(self.restore if self._filter.trash else self.discard)
        menu.popup(at)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addMenu(self.batches)
        menu.addAction(self.replace_file)
        menu.addSeparator()
        menu.addActions([self.copy, self.export])

    def _use_view(self, view: DocumentFilter) -> None:
        self.trash.setChecked(False)
        self.filter.show_value(view)
