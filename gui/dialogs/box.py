"""The plain dialog: one leading sentence, reasons under it, verbs on the buttons.

It never holds up the event loop: `then` is called when the officer has decided.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.actions import button

WIDTH = 440


class Box(QDialog):
    """A dialog that is built line by line and asked with `ask`."""

    def __init__(self, parent: QWidget | None, lead: str, width: int = WIDTH) -> None:
        super().__init__(parent)
        self.setWindowTitle("政务公开工作台")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(width)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(24, 20, 24, 16)
        self._rows.setSpacing(10)
        head = QLabel(lead)
        head.setWordWrap(True)
        head.setProperty("role", "section")
        head.setFont(theme.font(theme.BASE_POINTS + 1, strong=True))
        self._rows.addWidget(head)
        self.setAccessibleName(lead)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)

    def line(self, text: str, role: str = "") -> QLabel:
        """A sentence."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        self._rows.addWidget(label)
        return label

    def points(self, texts: Sequence[str]) -> None:
        """Several reasons: numbered when there is more than one."""
        for number, text in enumerate(texts, 1):
            self.line(f"{number}. {text}" if len(texts) > 1 else text)

    def put(self, widget: QWidget) -> None:
        """Any widget between the sentences and the buttons."""
        self._rows.addWidget(widget)

    def verb(
        self, text: str, do: Callable[[], None], *, role: str = "", default: bool = False
    ) -> QPushButton:
        """A button at the foot, left to right."""
        made = button(text, do, role=role)
        made.setDefault(default)
        if default:
            made.setAutoDefault(True)
        self._foot.addWidget(made)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the default verb also from a field where Enter begins a line."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for made in self.findChildren(QPushButton):
                if made.isDefault() and made.isEnabled():
                    made.click()
                    return
        super().keyPressEvent(event)

    def ask(self) -> None:
        """Show it over its window and come back at once."""
        if self._foot.parent() is None:
            self._rows.addSpacing(6)
            self._rows.addLayout(self._foot)
        self.adjustSize()
        self.setFixedHeight(self._rows.totalHeightForWidth(self.width()))
        # Enter presses what has the focus, so the default has it: never the dangerous verb.
        for made in self.findChildren(QPushButton):
            if made.isDefault():
                made.setFocus()
        self.open()


class _LongAnswer(QPlainTextEdit):
    """Several lines; Tab leaves it."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(88)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


def tell(parent: QWidget | None, lead: str, lines: Sequence[str] = (), verb: str = "知道了") -> Box:
    """Say something that must be read."""
    box = Box(parent, lead)
    box.points(lines)
    box.verb(verb, box.accept, role="primary", default=True)
    box.ask()
    return box


def confirm(
    parent: QWidget | None,
    lead: str,
    verb: str,
    then: Callable[[], None],
    *,
    lines: Sequence[str] = (),
    danger: bool = False,
    decline: str = "先不做",
) -> Box:
    """Ask before something large. A dangerous verb is red and never the default."""
    box = Box(parent, lead)
    box.points(lines)

    def go() -> None:
        box.accept()
        then()

    if danger:
        box.verb(verb, go, role="danger")
        box.verb(decline, box.reject, default=True)
    else:
        box.verb(decline, box.reject)
        box.verb(verb, go, role="primary", default=True)
    box.ask()
    return box


def ask_reason(
    parent: QWidget | None,
    lead: str,
    verb: str,
    then: Callable[[str], None],
    *,
    lines: Sequence[str] = (),
    hint: str = "写明理由，将记入审查记录。",
    required: bool = True,
    danger: bool = False,
    offered: str = "",
) -> Box:
    """Ask for a reason in words; the verb works once there is one.

    Ctrl+Enter presses it from the words, and the hint says so; a dangerous verb has to be gone to.
    `offered`: a reason to begin with, all selected, so that typing replaces it.
    """
    box = Box(parent, lead)
    box.points(lines)
    answer = _LongAnswer(hint + (f"写好按 Tab 键到“{verb}”。" if danger else "写好按 Ctrl+Enter。"))
    answer.setAccessibleName("理由")
    answer.setPlainText(offered)
    answer.selectAll()
    box.put(answer)

    def go() -> None:
        box.accept()
        then(answer.toPlainText().strip())

    box.verb("先不做", box.reject)
    act = box.verb(verb, go, role="danger" if danger else "primary", default=not danger)

    def look() -> None:
        act.setEnabled(bool(answer.toPlainText().strip()) or not required)

    answer.textChanged.connect(look)
    look()
    box.ask()
    answer.setFocus()
    return box
