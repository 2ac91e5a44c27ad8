"""What the window says when something could not be done, and what it keeps when we are at fault.

Three families are known (`Refused`, `Unavailable`, `Unreadable`) and said in their own sentences.
Anything else is our bug: a crash file on this machine, without locals, messages or values, and one
kind sentence. Only this module and the command line catch.
"""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.jobs import Cancelled
from models.kernel import crash

log = logging.getLogger(__name__)


class Said(NamedTuple):
    """An error in words: one leading sentence, the reasons, and whether it is our fault."""

    lead: str
    reasons: tuple[str, ...] = ()
    bug: bool = False


def say(error: BaseException) -> Said | None:
    """The words for an error; None where nothing is to be said (the officer stopped it)."""
    from detection.packs import BadRule
    from formats.reading import Unreadable
    from models.kernel.errors import Refused, Unavailable

    if isinstance(error, Cancelled):
        return None
    if isinstance(error, Refused):
        return Said("这一步现在不能做：", tuple(error.reasons))
    if isinstance(error, Unavailable):
        return Said(error.what, (error.why,) if error.why else ())
    if isinstance(error, Unreadable):
        return Said(error.text)
    if isinstance(error, BadRule):
        return Said("本单位的规则文件不能使用。", (str(error),))
    if isinstance(error, PermissionError):
        return Said(
            "没有权限读写这个文件或文件夹。", ("请检查它是否被其他程序打开，或换一个位置。",)
        )
    if isinstance(error, FileNotFoundError):
        return Said("文件或文件夹已不在原处。", ("请确认存放位置后再试一次。",))
    return (
        None
        if isinstance(error, KeyboardInterrupt)
        else Said(
            "程序出了差错，这一步没有做成。",
            ("已保存的内容没有受影响，可以继续使用。",),
            bug=True,
        )
    )


def show(error: BaseException, parent: QWidget | None, crashes: Path) -> None:
    """Tell the officer, in a dialog that does not hold up the event loop."""
    said = say(error)
    if said is None:
        return
    reasons = said.reasons
    if said.bug:
        file = crash.keep(crashes, error)
        log.error("unexpected %s", type(error).__name__)
        if file is not None:
            reasons = (*reasons, f"差错记录在本机：{file}，其中没有文件内容，可交给维护人员。")
    from gui.dialogs.box import tell

    tell(parent, said.lead, reasons)


class Net(QObject):
    """Catches what nobody caught, on any thread, and shows it once on the main thread."""

    _caught = Signal(object)

    def __init__(self, crashes: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crashes = crashes
        self._showing = False
        self._caught.connect(self._show)

    def spread(self) -> None:
        """Install the hooks of the interpreter and its threads."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._caught.emit(error if error is not None else kind())

    def _show(self, error: BaseException) -> None:
        if self._showing:
            crash.keep(self._crashes, error)
            return
        self._showing = True
        try:
            show(error, QApplication.activeWindow(), self._crashes)
        finally:
            self._showing = False
