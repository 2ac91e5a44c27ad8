"""Dialogs about one officer: add, posts, password."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.box import Box
from models.kernel.people import PASSWORD_LENGTH
from models.kernel.person import NewPerson, Person, Role

WHAT = {
    Role.DRAFTER: "送交文件、处理待核内容、自审",
    Role.HEAD: "科室审核",
    Role.SECRECY: "保密审查",
    Role.LEADER: "审批",
    Role.PUBLISHER: "制作发布包、登记发布",
    Role.ADMIN: "人员、设置、备份",
}


class RoleBoxes(QWidget):
    """A tick box for each post, with what it is for."""

    def __init__(self, roles: frozenset[Role]) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.boxes: dict[Role, QCheckBox] = {}
        for role in Role:
            box = QCheckBox(f"{role.label}：{WHAT[role]}")
            box.setChecked(role in roles)
            self.boxes[role] = box
            rows.addWidget(box)

    def roles(self) -> frozenset[Role]:
        """Those ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())


class Passwords(QWidget):
    """A new password, typed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.again = _secret("新密码"), _secret("再输一次")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("新密码", self.first)
        form.addRow("再输一次", self.again)

    def fits(self) -> bool:
        """Long enough and the same twice."""
        return len(self.first.text()) >= PASSWORD_LENGTH and self.first.text() == self.again.text()


def ask_new_person(parent: QWidget, then: Callable[[NewPerson], None]) -> Box:
    """Name, posts and a first password."""
    box = Box(parent, "加入人员")
    name = QLineEdit()
    name.setPlaceholderText("姓名")
    name.setAccessibleName("姓名")
    roles, passwords = RoleBoxes(frozenset({Role.DRAFTER})), Passwords()
    for widget in (name, roles, passwords):
        box.put(widget)

    def go() -> None:
        box.accept()
        then(NewPerson(name.text().strip(), roles.roles(), passwords.first.text()))

    box.verb("先不做", box.reject)
    act = box.verb("加入", go, role="primary", default=True)

    def look() -> None:
        act.setEnabled(bool(name.text().strip()) and bool(roles.roles()) and passwords.fits())

    for line in (name, passwords.first, passwords.again):
        line.textChanged.connect(lambda _text: look())
    for tick in roles.boxes.values():
        tick.toggled.connect(lambda _on: look())
    look()
    box.ask()
    name.setFocus()
    return box


def ask_roles(parent: QWidget, person: Person, then: Callable[[frozenset[Role]], None]) -> Box:
    """Other posts for an officer."""
    box = Box(parent, f"“{person.name}”的岗位")
    roles = RoleBoxes(person.roles)
    box.put(roles)

    def go() -> None:
        box.accept()
        then(roles.roles())

    box.verb("先不做", box.reject)
    box.verb("保存岗位", go, role="primary", default=True)
    box.ask()
    return box


def ask_password(parent: QWidget, name: str, then: Callable[[str], None]) -> Box:
    """A new password for an officer."""
    box = Box(parent, f"为“{name}”设置新密码")
    passwords = Passwords()
    box.line(f"至少 {PASSWORD_LENGTH} 个字符，两次要一样。")
    box.put(passwords)

    def go() -> None:
        box.accept()
        then(passwords.first.text())

    box.verb("先不做", box.reject)
    act = box.verb("设置密码", go, role="primary", default=True)
    for line in (passwords.first, passwords.again):
        line.textChanged.connect(lambda _text: act.setEnabled(passwords.fits()))
    act.setEnabled(False)
    box.ask()
    passwords.first.setFocus()
    return box


def _secret(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    return line
