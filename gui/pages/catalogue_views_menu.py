"""The menu of views: those always there, those saved, and saving the filter in force."""

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMenu, QWidget

from gui import icons
from gui.desk import Desk
from gui.pages import catalogue_views as views
from gui.pages.catalogue_acts import ask_name
from models.queries.rows import DocumentFilter


class ViewsMenu(QMenu):
    """Filled when it opens. `filter_now` gives the filter in force, `use` puts one in force."""

    def __init__(
        self,
        desk: Desk,
        settings: QSettings,
        filter_now: Callable[[], DocumentFilter],
        use: Callable[[DocumentFilter], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings = settings
        self._filter_now = filter_now
        self._use = use
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        kept = views.load(self._settings)
        for name, view in (*views.given(self._desk.officer), *kept.items()):
            line = self.addAction(name)
            line.triggered.connect(lambda _on=False, view=view: self._use(view))
        self.addSeparator()
        save = self.addAction(icons.icon("plus"), "保存当前筛选为视图…", self._ask_name)
        save.setEnabled(self._filter_now() != DocumentFilter())
        if kept:
            forget = self.addMenu("删除视图")
            for name in kept:
                line = forget.addAction(name)
                line.triggered.connect(lambda _on=False, name=name: self._forget(name))

    def _ask_name(self) -> None:
        value = self._filter_now()
        ask_name(self.window(), "这个视图叫什么？", "保存视图", lambda name: self.keep(name, value))

    def keep(self, name: str, value: DocumentFilter) -> None:
        """Save a filter under a name; the same name again replaces it."""
        views.save(self._settings, {**views.load(self._settings), name: value})

    def _forget(self, name: str) -> None:
        kept = views.load(self._settings)
        kept.pop(name, None)
        views.save(self._settings, kept)
