"""What an officer does from the catalogue: hand on, put in the trash, take out, put files in."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from gui.desk import Desk
from gui.dialogs.box import Box, ask_reason, confirm, tell
from gui.tables.table import Table
from models.disclosure.case import Action, State
from models.kernel.changes import Changes

# The act that carries a document on from each state; without the 科室 step one is skipped.
FORWARD: dict[State, Action] = {
    State.RECEIVED: Action.SUBMIT,
    State.RETURNED: Action.SUBMIT,
    State.SUBMITTED: Action.CHECK,
    State.CHECKED: Action.CLEAR,
    State.CLEARED: Action.APPROVE,
    State.REFERRED: Action.RESUME,
    State.WITHHELD: Action.RESUME,
    State.RECALLED: Action.RESUME,
}


def forward(state: State, *, check_step: bool) -> Action | None:
    """The act that comes next; None where the catalogue has none (release, trash)."""
    if state is State.SUBMITTED and not check_step:
        return Action.CLEAR
    return FORWARD.get(state)


def hand_on(desk: Desk, parent: QWidget, ids: Sequence[int], action: Action, name: str) -> None:
    """Ask, then do the next step for one document or for all that are selected."""
    from models.disclosure import review

    officer = desk.officer
    which = f"“{name}”" if len(ids) == 1 else f"选中的 {len(ids)} 份文件"

    def go(reason: str = "") -> None:
        desk.act(
            lambda: review.perform_all(list(ids), action, officer, reason),
            says=f"{which}：{action.label}。",
        )

    if action is Action.RESUME:
        ask_reason(parent, f"{which}恢复办理，为什么？", action.label, go)
    else:
        confirm(
            parent,
            f"{which}：{action.label}？",
            action.label,
            go,
            lines=(f"将以“{officer.name}”的名义记入审查记录，不能删除。",),
        )


def discard(desk: Desk, parent: QWidget, ids: Sequence[int], name: str) -> None:
    """Into the trash, with a reason; it can be taken out again."""
    from models.disclosure import review

    officer = desk.officer
    which = f"“{name}”" if len(ids) == 1 else f"选中的 {len(ids)} 份文件"
    ask_reason(
        parent,
        f"把{which}移入回收站？",
        "移入回收站",
        lambda reason: desk.act(
            lambda: review.perform_all(list(ids), Action.DISCARD, officer, reason),
            says=f"{which}已移入回收站，可以随时移出。",
        ),
        lines=("文件和记录都还在，可以随时从回收站移出。",),
        danger=True,
    )


def restore(desk: Desk, ids: Sequence[int]) -> None:
    """Out of the trash again."""
    from models.disclosure import review

    officer = desk.officer
    desk.act(
        lambda: review.perform_all(list(ids), Action.RESTORE, officer),
        says=f"已从回收站移出 {len(ids)} 份文件。",
    )


def choose_files(parent: QWidget) -> list[Path]:
    """Files by the system's dialog."""
    names, _ = QFileDialog.getOpenFileNames(parent, "放入文件", documents_folder())
    return [Path(name) for name in names]


def choose_folder(parent: QWidget) -> list[Path]:
    """A folder with everything in it."""
    name = QFileDialog.getExistingDirectory(parent, "放入文件夹", documents_folder())
    return [Path(name)] if name else []


def put_in_new_batch(
    desk: Desk, parent: QWidget, take: Callable[[list[Path], int | None], None]
) -> None:
    """Ask for a name, choose the files, open the batch and take them in."""
    from models.disclosure import documents

    officer = desk.officer

    def chosen(name: str) -> None:
        paths = choose_files(parent)
        if paths:
            desk.act(
                lambda: documents.open_batch(name, officer), then=lambda made: take(paths, made[0])
            )

    ask_name(parent, "新批次叫什么？例如“2026年二季度低保公示”。", "选择文件…", chosen)


def export_rows(table: Table, parent: QWidget) -> None:
    """What is listed into a file that Excel opens."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        "导出所列各行",
        str(Path(documents_folder()) / "目录.csv"),
        "Excel 可打开的表格 (*.csv)",
    )
    if name:
        file = Path(name)
        table.export_csv(file, lambda _none: tell(parent, "已导出所列各行。", (f"文件：{file}",)))


def ask_name(parent: QWidget, lead: str, verb: str, then: Callable[[str], None]) -> Box:
    """Ask for one name."""
    box = Box(parent, lead)
    line = QLineEdit()
    line.setMaxLength(60)
    line.setAccessibleName("名称")
    box.put(line)

    def go() -> None:
        box.accept()
        then(line.text().strip())

    box.verb("先不做", box.reject)
    act = box.verb(verb, go, role="primary", default=True)
    act.setEnabled(False)
    line.textChanged.connect(lambda text: act.setEnabled(bool(text.strip())))
    box.ask()
    line.setFocus()
    return box


def documents_folder() -> str:
    """Where files lie as a rule; where there is no such folder, the person's own."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if Path(place).is_dir() else str(Path.home())


def save_fields(
    desk: Desk, document_id: int, fields: dict[str, str], then: Callable[[object], object]
) -> None:
    """Save catalogue fields; for another matter the file is examined again."""
    from models.disclosure import documents

    officer = desk.officer
    if "matter" not in fields:
        desk.act(
            lambda: documents.edit(document_id, fields, officer),
            then=then,
            says="目录信息已保存。",
        )
        return

    def save(_progress: object) -> Changes:
        from intake import pipeline

        return pipeline.edit(desk.home, document_id, fields, officer, desk.examiner)

    desk.work("按公示事项重新检查", save, then=then)
