"""日志与设置: the log, the officers, the office, its folders, the rules, the state of health."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.pages.page import Page
from gui.pages.settings_about import AboutTab
from gui.pages.settings_folders import FoldersTab
from gui.pages.settings_log import LogTab
from gui.pages.settings_office import OfficeTab
from gui.pages.settings_people import PeopleTab
from gui.pages.settings_rules import RulesTab
from gui.pages.settings_tab import Tab

if TYPE_CHECKING:
    from models.kernel.changes import Changes

TABS: tuple[type[Tab], ...] = (LogTab, PeopleTab, OfficeTab, FoldersTab, RulesTab, AboutTab)


class SettingsPage(Page):
    """Tabs; each is refreshed when it comes to the front."""

    key = "settings"
    title = "日志与设置"
    icon = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("日志与设置")
        for kind in TABS:
            self.tabs.addTab(kind(desk), kind.title)
        self._stale = set(range(self.tabs.count()))
        self.tabs.currentChanged.connect(lambda _index: self._freshen(None))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.tabs)

    def refresh(self, changes: "Changes | None") -> None:
        self._stale = set(range(self.tabs.count()))
        self._freshen(changes)

    def start(self) -> QWidget:
        """The tabs: the arrows turn them, Tab goes into the one in front."""
        return self.tabs.tabBar()

    def open_record(self, record: object) -> None:
        for index, kind in enumerate(TABS):
            if kind.title == record:
                self.tabs.setCurrentIndex(index)

    def tab(self, kind: type[Tab]) -> Tab:
        """The tab of this kind."""
        found = self.tabs.widget(TABS.index(kind))
        assert isinstance(found, Tab)
        return found

    def _freshen(self, changes: "Changes | None") -> None:
        index = self.tabs.currentIndex()
        if index not in self._stale:
            return
        self._stale.discard(index)
        tab = self.tabs.widget(index)
        if isinstance(tab, Tab):
            tab.refresh(changes)
