"""Another file in a document's place: chosen, examined, and what became of it said."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.desk import Desk
from gui.dialogs.box import tell
from gui.jobs import Progress
from gui.pages.catalogue_acts import documents_folder
from intake.taken import Outcome, Taken
from models.kernel.changes import Changes


def ask_replacement(desk: Desk, parent: QWidget, document_id: int, title: str) -> None:
    """Let the officer choose the file by the system's dialog, then replace."""
    name, _ = QFileDialog.getOpenFileName(parent, f"换一份文件：{title}", documents_folder())
    if name:
        replace(desk, parent, document_id, title, Path(name))


def replace(desk: Desk, parent: QWidget, document_id: int, title: str, path: Path) -> None:
    """Examine this file and make it the document's new version."""
    officer = desk.officer

    def work(_progress: Progress) -> tuple[Taken, Changes]:
        from intake.replacing import replace as replace_by

        taken = replace_by(desk.home, document_id, path, officer, desk.examiner)
        return taken, taken.changes

    desk.work(f"换文件：{title}", work, then=lambda result: _say(desk, parent, result[0]))


def _say(desk: Desk, parent: QWidget, taken: Taken) -> None:
    if taken.outcome is Outcome.SECRET:
        from gui.dialogs.taken import tell_secret

        tell_secret(parent, 1)
    elif taken.outcome is Outcome.KEPT:
        desk.said.emit(taken.says)
    else:
        tell(parent, "没有换上新文件", (taken.says,))
