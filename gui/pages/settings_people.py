"""人员与岗位: who may do what. Nobody is deleted: the steps of the past name them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.actions import button
from gui.desk import Desk
from gui.dialogs.box import confirm
from gui.dialogs.person import ask_new_person, ask_password, ask_roles
from gui.pages.settings_tab import Tab, caption
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable
from models.kernel import people
from models.kernel.person import Person

if TYPE_CHECKING:
    from models.kernel.changes import Changes

COLUMNS = (
    Column("name", "姓名", 160, lambda p: p.name),
    Column("posts", "岗位", 400, lambda p: p.posts, stretch=True),
    Column("active", "状态", 96, lambda p: "在岗" if p.active else "已停用", Look.SECOND),
)


class PeopleTab(Tab):
    """The officers."""

    title = "人员与岗位"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table = PlainTable(COLUMNS, "人员", lambda _row: self._roles())
        self.add = button("加入人员…(&A)", self._add, role="primary", icon="plus")
        self.roles = button("调整岗位…(&R)", self._roles)
        self.password = button("重设密码…(&P)", self._password)
        self.leave = button("停用…(&D)", self._deactivate, role="danger")
        words = "同一份文件的送审、审核、保密审查、审批必须由不同的人办理，按每份文件的经过核对。"
        buttons = [self.leave, self.password, self.roles, self.add]
        self.lay_out(caption(words), buttons, self.table)
        self.table.chosen.connect(self._look)
        self._look(None)

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None or changes.officers:
            self.desk.read(self, "people", people.everyone, self.table.show_rows)

    def _look(self, person: Person | None) -> None:
        for widget in (self.roles, self.password, self.leave):
            widget.setEnabled(person is not None and person.active)

    def _add(self) -> None:
        by = self.desk.officer
        ask_new_person(
            self,
            lambda new: self.desk.act(lambda: people.add(new, by), says=f"已加入“{new.name}”。"),
        )

    def _roles(self) -> None:
        person, by = self.table.row(), self.desk.officer
        if person is not None and person.active:
            ask_roles(
                self,
                person,
                lambda roles: self.desk.act(
                    lambda: people.set_roles(person.id, roles, by),
                    says=f"“{person.name}”的岗位已调整。",
                ),
            )

    def _password(self) -> None:
        person, by = self.table.row(), self.desk.officer
        if person is not None:
            ask_password(
                self,
                person.name,
                lambda new: self.desk.act(
                    lambda: people.set_password(person.id, new, by),
                    says=f"“{person.name}”的密码已重设。",
                ),
            )

    def _deactivate(self) -> None:
        person, by = self.table.row(), self.desk.officer
        if person is not None:
            confirm(
                self,
                f"停用“{person.name}”？",
                "停用",
                lambda: self.desk.act(
                    lambda: people.deactivate(person.id, by), says=f"“{person.name}”已停用。"
                ),
                lines=("停用后不能再登录。此前办理的记录仍在其名下，不会删除。",),
                danger=True,
            )
