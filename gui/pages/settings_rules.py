"""规则: what the program looks for, why, and under which article; the office's own beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFileDialog, QWidget

from detection.finding import Severity
from detection.rule import Rule
from gui.actions import button
from gui.desk import Desk
from gui.dialogs.box import ask_reason, tell
from gui.pages.settings_tab import Tab, caption
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable
from models.disclosure import office_rules
from models.disclosure.office_rules import OWN, Entry
from models.kernel.person import Role

if TYPE_CHECKING:
    from models.kernel.changes import Changes


class RuleLine(NamedTuple):
    """One rule, or exception, as the list shows it. `entry`: where the office wrote it."""

    label: str
    family: str
    severity: Severity | None
    reason: str
    article: str
    pack: str
    entry: Entry | None = None


class Rules(NamedTuple):
    """What the tab shows; `trouble`: why the rules cannot be used."""

    version: str
    lines: list[RuleLine]
    rules: tuple[Rule, ...]
    trouble: str


COLUMNS = (
    Column("label", "查什么", 160, lambda r: r.label),
    Column("family", "类别", 160, lambda r: r.family, Look.SECOND),
    Column(
        "severity",
        "程度",
        88,
        lambda r: r.severity.label if r.severity else "不算",
        Look.SEVERITY,
        value=lambda r: r.severity,
    ),
    Column("reason", "为什么", 360, lambda r: r.reason, tip=lambda r: r.reason, stretch=True),
    Column("article", "依据", 200, lambda r: r.article, Look.SECOND, tip=lambda r: r.article),
    Column("pack", "出处", 150, lambda r: r.pack, Look.SECOND),
)
_POSTS = frozenset({Role.ADMIN, Role.SECRECY})
_WHO = "检查规则由管理员或者保密审查员修改，请由他们登录办理。"


class RulesTab(Tab):
    """All rules in force; the program's cannot be changed, an office adds its own."""

    title = "规则"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rules: tuple[Rule, ...] = ()
        self.table = PlainTable(COLUMNS, "检查规则", lambda _row: self._edit())
        self.version = caption("正在读取规则……")
        self.add = button("加一条…(&A)", self._add, role="primary", icon="plus")
        self.edit = button("修改…(&E)", self._edit)
        self.take_in = button("导入文件…(&I)", self._import)
        self.remove = button("移走…(&D)", self._remove, role="danger")
        buttons = [self.remove, self.edit, self.take_in, self.add]
        self.lay_out(self.version, buttons, self.table)
        self.table.chosen.connect(lambda _row: self._look())
        self._look()

    def refresh(self, changes: "Changes | None") -> None:
        self.desk.read(self, "rules", self._read, self._show)

    def _read(self) -> Rules:
        from detection.rulebook import BadRule, load

        trouble = ""
        try:
            book = load(self.desk.home.rule_files())
        except BadRule as error:
            trouble, book = str(error), load()
        labels = {rule.id: rule.label for rule in book.rules}
        own = [_own_line(entry, labels) for entry in office_rules.entries()]
        lines = [
            RuleLine(r.label, r.family.label, r.severity, r.reason, r.article, "随程序")
            for r in sorted(book.rules, key=lambda r: (r.severity.rank, r.family, r.id))
            if r.id not in book.office
        ]
        return Rules(book.version, own + lines, book.rules, trouble)

    def _show(self, found: Rules) -> None:
        self._rules = found.rules
        self.version.setText(
            f"规则不能用：{found.trouble}"
            if found.trouble
            else f"共 {len(found.lines)} 条，版本 {found.version[:12]}。随程序提供的规则不能删改；"
            f"本单位自己的排在最前，放在 {self.desk.home.rules}。"
        )
        self.version.setToolTip(found.version)
        self.table.show_rows(found.lines)
        self._look()

    def _look(self) -> None:
        from gui.dialogs.rule_fields import may_edit

        mine = bool(self.desk.officer.roles & _POSTS)
        entry = self._entry()
        for widget in (self.add, self.take_in):
            widget.setEnabled(mine)
            widget.setToolTip("" if mine else _WHO)
        self.edit.setEnabled(mine and entry is not None and entry.file == OWN and may_edit(entry))
        self.remove.setEnabled(mine and entry is not None)
        why = _WHO if not mine else "随程序提供的规则不能删改。" if entry is None else ""
        self.remove.setToolTip(why)
        of_a_file = f"这条写在文件“{entry.file}”里，请改文件后重新导入。" if entry else ""
        self.edit.setToolTip("" if self.edit.isEnabled() else why or of_a_file)

    def _entry(self) -> Entry | None:
        line = self.table.row()
        return line.entry if line is not None else None

    def _add(self) -> None:
        from gui.dialogs.rule_fields import RuleFields
        from gui.dialogs.rule_form import ask_rule

        ask_rule(self.desk, self, RuleFields(self._rules), None)

    def _edit(self) -> None:
        from gui.dialogs.rule_fields import RuleFields
        from gui.dialogs.rule_form import ask_rule

        entry = self._entry()
        if entry is not None and self.edit.isEnabled():
            ask_rule(self.desk, self, RuleFields(self._rules, entry), entry)

    def _import(self) -> None:
        from gui.dialogs.rule_form import ask_file

        chosen, _ = QFileDialog.getOpenFileName(
            self, "导入规则文件", "", "规则文件和词表 (*.toml *.txt)"
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            tell(self, "规则文件读不出来", ("请用 WPS 或者记事本另存为 UTF-8 文本后再导入。",))
            return
        ask_file(self.desk, self, path.name, text)

    def _remove(self) -> None:
        entry, line, officer = self._entry(), self.table.row(), self.desk.officer
        if entry is None or line is None:
            return
        alone = entry.file == OWN and bool(entry.data)
        what = line.label if alone else f"规则文件“{entry.file}”"

        def go(reason: str) -> None:
            text = office_rules.without_entry(entry) if alone else None
            self.desk.act(
                lambda: office_rules.write(entry.file, text, officer, reason, what),
                says=f"{what}已移走。",
            )

        ask_reason(
            self,
            f"移走{what}？",
            "移走",
            go,
            lines=("以后的检查不再用它；原文放在规则文件夹的“已移走”里，可以再导入。",),
            danger=True,
        )


def _own_line(entry: Entry, labels: dict[str, str]) -> RuleLine:
    data = entry.data
    pack = "本单位" if entry.file == OWN else f"本单位 {entry.file}"
    if entry.part == "exception":
        of = labels.get(str(data.get("rule")), str(data.get("rule")))
        return RuleLine(f"{of}的例外", "例外", None, str(data.get("reason", "")), "", pack, entry)
    if not data:
        words = "词表" if entry.file.endswith(".txt") else "读不出来的文件"
        return RuleLine(entry.file, words, None, "", "", pack, entry)
    from detection.finding import Family

    try:
        family, severity = Family(data["family"]).label, Severity(data["severity"])
    except (KeyError, ValueError):
        family, severity = "写法有误", Severity.NOTE
    return RuleLine(
        str(data.get("label", entry.file)), family, severity, str(data.get("reason", "")),
        str(data.get("article", "")), pack, entry,
    )  # fmt: skip
