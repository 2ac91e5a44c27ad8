"""The menu 归入批次: an existing batch, a new one, or none, for the documents that are selected."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from gui import icons
from gui.desk import Desk
from gui.pages.catalogue_acts import ask_name
from models.kernel.changes import Changes
from models.queries.rows import BatchRow

# More would not fit the screen; the newest are those still at work.
SHOWN = 15


class BatchesMenu(QMenu):
    """`chosen` gives the selected documents at the moment an entry is taken."""

    def __init__(self, desk: Desk, chosen: Callable[[], Sequence[int]], parent: QWidget) -> None:
        super().__init__("归入批次", parent)
        self._desk = desk
        self._chosen = chosen
        self.show_batches(())

    def show_batches(self, batches: Sequence[BatchRow]) -> None:
        """The batches there are, the newest first."""
        self.clear()
        for row in sorted(batches, key=lambda one: one.id, reverse=True)[:SHOWN]:
            line = self.addAction(f"{row.name}（{row.documents} 份）".replace("&", "&&"))
            line.triggered.connect(lambda _on=False, row=row: self._put(row.id, row.name))
        if batches:
            self.addSeparator()
        self.addAction(icons.icon("plus"), "新批次…", self._ask_name)
        self.addAction("不归入批次", self._take_out)

    def _put(self, batch: int | None, name: str) -> None:
        from models.disclosure.batches import put_in_batch

        ids, officer = list(self._chosen()), self._desk.officer
        says = f"{len(ids)} 份文件已归入“{name}”。" if batch else f"{len(ids)} 份文件已移出批次。"
        self._desk.act(lambda: put_in_batch(ids, batch, officer), says=says)

    def _take_out(self) -> None:
        self._put(None, "")

    def _ask_name(self) -> None:
        many = len(self._chosen())
        ask_name(self.window(), f"为这 {many} 份文件新建批次，叫什么？", "归入新批次", self._open)

    def _open(self, name: str) -> None:
        """A new batch with the selected documents, in one go."""
        from models.disclosure.batches import put_in_batch
        from models.disclosure.documents import open_batch

        ids, officer = list(self._chosen()), self._desk.officer

        def make() -> Changes:
            batch, opened = open_batch(name, officer)
            return opened | put_in_batch(ids, batch, officer)

        self._desk.act(make, says=f"{len(ids)} 份文件已归入“{name}”。")
