"""规则: what the program looks for, why, and under which article."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from detection.finding import Severity
from gui.desk import Desk
from gui.pages.settings_tab import Tab, caption
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from models.kernel.changes import Changes


class RuleLine(NamedTuple):
    """One rule as the list shows it."""

    label: str
    family: str
    severity: Severity
    reason: str
    article: str
    pack: str


COLUMNS = (
    Column("label", "查什么", 160, lambda r: r.label),
    Column("family", "类别", 160, lambda r: r.family, Look.SECOND),
    Column(
        "severity",
        "程度",
        88,
        lambda r: r.severity.label,
        Look.SEVERITY,
        value=lambda r: r.severity,
    ),
    Column("reason", "为什么", 360, lambda r: r.reason, tip=lambda r: r.reason, stretch=True),
    Column("article", "依据", 240, lambda r: r.article, Look.SECOND, tip=lambda r: r.article),
    Column("pack", "规则包", 110, lambda r: r.pack, Look.SECOND),
)


class RulesTab(Tab):
    """All rules in force, read only; an office adds files of its own."""

    title = "规则"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table = PlainTable(COLUMNS, "检查规则")
        self.version = caption("正在读取规则……")
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(self.version, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(bar)
        rows.addWidget(self.table, 1)

    def refresh(self, changes: "Changes | None") -> None:
        self.desk.read(self, "rules", self._read, self._show)

    def _read(self) -> tuple[str, list[RuleLine]]:
        from detection.rulebook import load

        book = load(self.desk.home.rule_files())
        lines = [
            RuleLine(r.label, r.family.label, r.severity, r.reason, r.article, r.pack)
            for r in sorted(book.rules, key=lambda r: (r.severity.rank, r.family, r.id))
        ]
        return book.version, lines

    def _show(self, found: tuple[str, list[RuleLine]]) -> None:
        version, lines = found
        self.version.setText(
            f"共 {len(lines)} 条，版本 {version[:12]}。随程序提供的规则不能删改；"
            f"本单位自己的规则放在 {self.desk.home.rules}。"
        )
        self.version.setToolTip(version)
        self.table.show_rows(lines)
