"""The first officers: a line each with name, posts and a first password."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.actions import button
from models.kernel.person import NewPerson, Role

FIRST: tuple[frozenset[Role], ...] = (
    frozenset({Role.DRAFTER}),
    frozenset({Role.HEAD}),
    frozenset({Role.SECRECY}),
    frozenset({Role.LEADER}),
    frozenset({Role.PUBLISHER, Role.ADMIN}),
)


class _Line:
    """The editors of one officer."""

    def __init__(self, roles: frozenset[Role], number: int) -> None:
        self.name = QLineEdit()
        self.name.setPlaceholderText("姓名")
        self.name.setAccessibleName(f"第 {number} 人，姓名")
        self.name.setFixedWidth(96)
        self.boxes: dict[Role, QCheckBox] = {}
        for role in Role:
            box = QCheckBox()
            box.setChecked(role in roles)
            box.setToolTip(role.label)
            box.setAccessibleName(f"第 {number} 人，{role.label}")
            self.boxes[role] = box
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("至少 8 个字符")
        self.password.setAccessibleName(f"第 {number} 人，初始密码")
        self.password.setFixedWidth(120)

    def person(self) -> NewPerson | None:
        name, password = self.name.text().strip(), self.password.text()
        if not name and not password:
            return None
        roles = frozenset(role for role, box in self.boxes.items() if box.isChecked())
        return NewPerson(name, roles, password)


class PeopleForm(QWidget):
    """A grid; empty lines do not count."""

    def __init__(self) -> None:
        super().__init__()
        lead = QLabel(
            "每人一行，一人可以有几个岗位。同一份文件的送审、审核、保密审查、审批必须由不同的人办理，"
            "程序按每份文件的经过核对。初始密码请各人登录后自行修改。"
        )
        lead.setWordWrap(True)
        lead.setProperty("role", "second")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        for column, words in enumerate(["姓名", *(role.label for role in Role), "初始密码"]):
            head = QLabel(words)
            head.setProperty("role", "caption")
            self._grid.addWidget(head, 0, column, self._side(column))
        self._lines: list[_Line] = []
        for roles in FIRST:
            self._add(roles)
        inner = QWidget()
        column_box = QVBoxLayout(inner)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.addLayout(self._grid)
        column_box.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.addWidget(button("再加一人(&A)", lambda: self._add(frozenset({Role.DRAFTER}))))
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(lead)
        rows.addSpacing(4)
        rows.addWidget(area, 1)
        rows.addLayout(foot)

    def people(self) -> tuple[NewPerson, ...]:
        """All lines that are not empty."""
        found = (line.person() for line in self._lines)
        return tuple(person for person in found if person is not None)

    def fill(self, number: int, name: str, password: str) -> None:
        """Type into line `number`, counted from 0."""
        self._lines[number].name.setText(name)
        self._lines[number].password.setText(password)

    def _add(self, roles: frozenset[Role]) -> None:
        line = _Line(roles, len(self._lines) + 1)
        row = len(self._lines) + 1
        self._lines.append(line)
        widgets: list[QWidget] = [line.name, *line.boxes.values(), line.password]
        for column, widget in enumerate(widgets):
            self._grid.addWidget(widget, row, column, self._side(column))

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return (
            Qt.AlignmentFlag.AlignLeft
            if column in (0, len(Role) + 1)
            else Qt.AlignmentFlag.AlignHCenter
        )
