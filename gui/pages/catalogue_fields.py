"""The catalogue fields of one document, to be read and corrected."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.actions import button
from gui.widgets.date_field import DateField
from models.disclosure.catalogue import BY_KEY, FIELDS, Field

LONG = 200
LONG_HEIGHT = 66


class _Choice(QComboBox):
    """The wheel scrolls the form, it does not change a field that happens to be under it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


Editor = QLineEdit | QComboBox | QPlainTextEdit


class FieldsForm(QWidget):
    """All fields; nothing is saved until the officer says so.

    Signals:
        saved(dict[str, str]): the changed fields.
        edited(): something differs from what is stored, or no longer does.
    """

    saved = Signal(dict)
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stored: dict[str, str] = {}
        self._editors: dict[str, Editor] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 64)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(FIELDS):
            label = QLabel(field.label)
            label.setProperty("role", "second")
            editor = _editor(field)
            label.setBuddy(editor)
            editor.setAccessibleName(field.label)
            if field.hint:
                editor.setToolTip(field.hint)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            label.setMinimumHeight(28)
            grid.addWidget(editor, row, 1)
            self._editors[field.key] = editor
            _connect(editor, self._look)
        self._save = button("保存目录信息(&S)", self._tell, role="primary")
        self._back = button("还原", self.restore)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(grid)
        rows.addLayout(foot)
        self._look()

    def show_fields(self, stored: Mapping[str, str], draft: Mapping[str, str]) -> None:
        """A document's fields; `draft`: what was typed earlier and not saved yet."""
        self._stored = {key: stored.get(key, "") for key in BY_KEY}
        for key, editor in self._editors.items():
            with QSignalBlocker(editor):
                _put(editor, draft.get(key, self._stored[key]))
        self._look()

    def draft(self) -> dict[str, str]:
        """What differs from what is stored."""
        shown = {key: _text(editor) for key, editor in self._editors.items()}
        return {key: text for key, text in shown.items() if text != self._stored.get(key, "")}

    def restore(self) -> None:
        """Forget what was typed."""
        self.show_fields(self._stored, {})

    def editor(self, key: str) -> Editor:
        """The editor of one field."""
        return self._editors[key]

    def _look(self) -> None:
        changed = bool(self.draft())
        self._save.setEnabled(changed)
        self._back.setEnabled(changed)
        self.edited.emit()

    def _tell(self) -> None:
        changed = self.draft()
        if changed:
            self.saved.emit(changed)


def _editor(field: Field) -> Editor:
    if field.choices:
        box = _Choice()
        box.setEditable(not field.closed)
        box.addItem("")
        box.addItems(list(field.choices))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        line = box.lineEdit()
        if line is not None:
            line.setMaxLength(field.limit)
        return box
    if field.kind == "date":
        return DateField()
    if field.limit > LONG:
        long = QPlainTextEdit()
        long.setFixedHeight(LONG_HEIGHT)
        long.setTabChangesFocus(True)
        long.setPlaceholderText(field.hint)
        return long
    short = QLineEdit()
    short.setMaxLength(field.limit)
    short.setPlaceholderText(field.hint)
    return short


def _connect(editor: Editor, slot: Callable[[], None]) -> None:
    if isinstance(editor, QComboBox):
        editor.currentTextChanged.connect(lambda _text: slot())
    else:
        editor.textChanged.connect(lambda *_text: slot())


def _put(editor: Editor, text: str) -> None:
    if isinstance(editor, QComboBox):
        editor.setCurrentText(text)
        if not editor.isEditable():
            editor.setCurrentIndex(max(0, editor.findText(text)))
    elif isinstance(editor, DateField):
        editor.show_iso(text)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    else:
        editor.setText(text)
        editor.setCursorPosition(0)


def _text(editor: Editor) -> str:
    if isinstance(editor, QComboBox):
        return editor.currentText().strip()
    if isinstance(editor, DateField):
        return editor.iso()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    return editor.text().strip()
