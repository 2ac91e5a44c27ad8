"""Actions and buttons, made in one way: a verb, perhaps a key, always a name for screen readers."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QWidget

from gui import icons

Key = str | QKeySequence | QKeySequence.StandardKey


def spoken(text: str) -> str:
    """A label without its mnemonic: `审批(&A)` becomes 审批."""
    if text.endswith(")") and "(&" in text:
        text = text[: text.rindex("(&")]
    return text.replace("&", "").rstrip("…")


def action(
    parent: QWidget,
    text: str,
    do: Callable[[], Any],
    *,
    key: Key | None = None,
    icon: str | None = None,
    tip: str = "",
    everywhere: bool = False,
) -> QAction:
    """An action of `parent`. `everywhere`: its key works in the whole window."""
    made = QAction(text, parent)
    if icon is not None:
        icons.dress(made, icon)
    if key is not None:
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut
            if everywhere
            else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
    shown = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip((tip or spoken(text)) + (f"（{shown}）" if shown else ""))
    made.triggered.connect(lambda _checked=False: do())
    parent.addAction(made)
    return made


class _Verb(QPushButton):
    """Enter presses the button that has the focus, as Space does; Qt does so only in dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


_NONE = Qt.KeyboardModifier.NoModifier


def button(
    text: str,
    do: Callable[[], Any],
    *,
    role: str = "",
    icon: str | None = None,
    tip: str = "",
) -> QPushButton:
    """A push button. `role`: "primary", "danger" or "link"."""
    made = _Verb(text)
    made.setAutoDefault(False)
    made.setAccessibleName(spoken(text))
    if role:
        made.setProperty("role", role)
    if icon is not None:
        icons.dress(made, icon, "on_accent" if role == "primary" else "text")
        made.setIconSize(icons.sizes(16))
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: do())
    return made


def tool(shown: QAction, *, words: bool = True) -> QToolButton:
    """A tool button of an action; without words the tool tip names it."""
    made = QToolButton()
    made.setDefaultAction(shown)
    made.setIconSize(icons.sizes(18))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(spoken(shown.text()))
    made.setToolButtonStyle(
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if words and not shown.icon().isNull()
        else Qt.ToolButtonStyle.ToolButtonIconOnly
        if not words
        else Qt.ToolButtonStyle.ToolButtonTextOnly
    )
    return made


def gap() -> QFrame:
    """A thin line between two groups of buttons."""
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedSize(1, 20)
    return line
