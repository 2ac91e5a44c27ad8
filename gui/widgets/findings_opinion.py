"""The officer's opinion and the steps: a button is enabled when nothing speaks against it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.actions import button
from models.disclosure.workflow import TABLE, Action, State

# What carries a document on, in the order of the route. RELEASE has a page of its own.
FORWARD = (Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE, Action.RESUME)
BACK = (Action.RETURN, Action.WITHHOLD, Action.REFER, Action.RECALL)
COLUMNS = 2


def actions_from(state: State, *, check_step: bool) -> tuple[Action, ...]:
    """The steps that some officer can take from this state, forward ones first."""
    found = {
        move.action
        for move in TABLE
        if state in move.states and move.check_step in (None, check_step)
    }
    return tuple(action for action in (*FORWARD, *BACK) if action in found)


def forward_from(state: State, *, check_step: bool) -> Action | None:
    """The step that Ctrl+Enter means."""
    return next((a for a in actions_from(state, check_step=check_step) if a in FORWARD), None)


class _Opinion(QPlainTextEdit):
    """Two lines; Tab leaves it, Ctrl+Enter belongs to the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText("办理意见，随步骤记入审查记录")
        self.setAccessibleName("办理意见")
        self.setFixedHeight(48)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            event.ignore()
            return
        super().keyPressEvent(event)


class OpinionBox(QWidget):
    """The foot of the right column.

    Signals:
        step_asked(Action, str): the officer pressed a step; the opinion as it stands.
        clean_asked(str): make the clean copy, then hand in with this opinion.
    """

    step_asked = Signal(object, str)
    clean_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.opinion = _Opinion()
        self.why = QLabel()
        self.why.setProperty("role", "caption")
        self.why.setWordWrap(True)
        self.clean = button(
            "制作公开件并送审  Ctrl+Enter",
            lambda: self.clean_asked.emit(self.opinion.toPlainText().strip()),
            role="primary",
            tip="按处理意见做出干净的公开件，重新检查；没有遗留问题就送审。",
        )
        self.buttons: dict[Action, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 10)
        rows.setSpacing(6)
        rows.addWidget(self.opinion)
        rows.addWidget(self.clean)
        rows.addLayout(self._grid)
        rows.addWidget(self.why)

    def show_steps(
        self,
        actions: Sequence[Action],
        against: Mapping[Action, Sequence[str]],
        *,
        clean_due: bool = False,
        swept: int = 0,
    ) -> None:
        """Buttons for these steps; a step with reasons against it is disabled and says them all.

        `clean_due`: before handing in, the clean copy has to be made and can be; `swept` findings
        (properties and the like) are then ruled on along with it.
        """
        self.clean.setVisible(clean_due)
        if list(self.buttons) != list(actions):
            self._build(actions)
        for action, made in self.buttons.items():
            reasons = against.get(action, ())
            made.setEnabled(not reasons)
            made.setToolTip("\n".join(_numbered(reasons)) if reasons else _tip(action))
        first = next(iter(self.buttons), None)
        reasons = against.get(first, ()) if first is not None else ()
        more = f"（还有 {len(reasons) - 1} 条，见按钮提示）" if len(reasons) > 1 else ""
        said = f"{reasons[0]}{more}" if reasons else ""
        if clean_due:
            said = f"属性、缩略图等 {swept} 处随公开件去掉，记为“删除”。" if swept else ""
        self.why.setText(said)
        self.why.setVisible(bool(said))
        if first is not None:
            self.buttons[first].setVisible(not clean_due)

    def clear_opinion(self) -> None:
        """The step was taken, or another document came."""
        self.opinion.clear()

    def _build(self, actions: Sequence[Action]) -> None:
        for made in self.buttons.values():
            self._grid.removeWidget(made)
            made.deleteLater()
        self.buttons = {}
        place = 0
        for action in actions:
            role = "primary" if action in FORWARD else ""
            key = "  Ctrl+Enter" if action in FORWARD and not self.buttons else ""
            made = button(
                f"{action.label}{key}",
                lambda action=action: self._ask(action),  # type: ignore[misc]
                role=role,
            )
            self.buttons[action] = made
            if key:
                self._grid.addWidget(made, 0, 0, 1, COLUMNS)
                place = COLUMNS
                continue
            self._grid.addWidget(made, place // COLUMNS, place % COLUMNS)
            place += 1

    def _ask(self, action: Action) -> None:
        self.step_asked.emit(action, self.opinion.toPlainText().strip())


def _numbered(reasons: Sequence[str]) -> list[str]:
    if len(reasons) < 2:
        return list(reasons)
    return [f"{number}. {reason}" for number, reason in enumerate(reasons, 1)]


def _tip(action: Action) -> str:
    return f"{action.label}（Ctrl+Enter）" if action in FORWARD else action.label
