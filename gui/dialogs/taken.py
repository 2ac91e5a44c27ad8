"""What became of the files that were put in."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import icons, theme
from gui.dialogs.box import Box, ask_reason
from intake.pipeline import Outcome, Taken

WIDTH = 720
LOOKS = {
    Outcome.KEPT: ("done", "done"),
    Outcome.SAME: ("note", "note"),
    Outcome.CHANGED: ("ask", "ask"),
    Outcome.FAILED: ("warning", "stop"),
    Outcome.SECRET: ("stop", "stop"),
}


def tell_secret(parent: QWidget | None, count: int, admit: Callable[[], None] | None = None) -> Box:
    """A state-secret mark: what to do. No name is shown and none is kept.

    `admit`: what a 保密审查员 may do where the mark is none; offered to nobody else.
    """
    box = Box(parent, "发现国家秘密标志，文件没有收下", 480)
    many = f"放入的文件中有 {count} 份" if count > 1 else "放入的文件"
    box.line(
        f"{many}带有国家秘密标志。本软件和这台计算机不能存储、处理涉密文件，"
        "程序没有保存它的内容、名称和任何痕迹，文件仍在原处。"
    )
    box.points(
        (
            "立即停止操作，不要打开、复制、转发、删除或者打印该文件。",
            "断开网线和无线网络，拔出移动存储介质，保持现场。",
            "马上报告本单位保密员和分管领导，按他们的要求处理。",
            "如果是误标（内容不涉密而带有标志），由制发机关更正后再放入。",
        )
    )
    box.line(
        "依据：《保守国家秘密法》第三十一条；"
        "《保守国家秘密法实施条例》第六十一条（24 小时内报告）。",
        "caption",
    )
    if admit is not None:

        def go() -> None:
            box.accept()
            admit()

        box.verb("确属误报，写明理由放行…", go, role="danger")
    box.verb("我已知晓，立即报告保密员", box.accept, role="primary", default=True)
    box.ask()
    return box


def tell_marked(parent: QWidget | None, ids: Sequence[int]) -> Box:
    """New rules found a state-secret mark in documents that are here already."""
    numbers = "、".join(f"{number} 号" for number in ids)
    box = Box(parent, f"按新规则重新检查，{numbers}文件有国家秘密标志", 480)
    box.points(
        (
            "立即停止办理这些文件，断开网络，保持现场，马上报告本单位保密员和分管领导。",
            "已经公开的，请信息公开专员或者分管领导马上撤回，并从各渠道撤下。",
            "确属误报的，由保密审查员在“审查”里打开，写明理由放行。",
        )
    )
    box.line("依据：《保守国家秘密法实施条例》第六十一条（24 小时内报告）。", "caption")
    box.verb("我已知晓，立即报告保密员", box.accept, role="primary", default=True)
    box.ask()
    return box


def ask_admission(parent: QWidget | None, what: str, then: Callable[[str], None]) -> Box:
    """Why a state-secret mark is none; asked of a 保密审查员 only, one file at a time."""
    return ask_reason(
        parent,
        f"放行{what}里的国家秘密标志？",
        "放行",
        then,
        lines=(
            "只有确属误报的才能放行，例如讲解密级标志的培训材料。拿不准的，先问保密行政管理部门。",
            "只对这份文件现在的内容有效；换过一个字就要重新判断。",
            "您的姓名和理由记入日志，印在审批表上，不能删除。",
            "放行以后您不能再办这份文件的送审、审核、保密审查和审批，由其他人办理。",
        ),
        hint="写明为什么不是国家秘密、看过什么、依据什么。",
        danger=True,
    )


def show_taken(parent: QWidget | None, taken: Sequence[Taken]) -> Box:
    """One line a file: kept, same, refused, with the sentence."""
    counted = Counter(one.outcome for one in taken)
    lead = "，".join(
        f"{outcome.label} {counted[outcome]} 个" for outcome in Outcome if counted[outcome]
    )
    box = Box(parent, lead, WIDTH)
    table = QTableWidget(len(taken), 3)
    table.setAccessibleName("放入结果")
    table.setHorizontalHeaderLabels(["文件", "结果", "说明"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    table.horizontalHeader().setHighlightSections(False)
    table.setColumnWidth(0, 220)
    table.setColumnWidth(1, 120)
    table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    order = sorted(taken, key=lambda one: (one.outcome is Outcome.KEPT, one.path.name))
    for row, one in enumerate(order):
        picture, colour = LOOKS[one.outcome]
        name = QTableWidgetItem(shown_name(one.path.name))
        name.setToolTip(shown_name(str(one.path)))
        result = QTableWidgetItem(icons.icon(picture, colour), one.outcome.label)
        result.setForeground(theme.colour(colour))
        says = QTableWidgetItem(one.says)
        says.setToolTip(one.says)
        for column, item in enumerate((name, result, says)):
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            table.setItem(row, column, item)
    table.resizeRowsToContents()
    table.setFixedHeight(min(360, 40 + sum(table.rowHeight(row) for row in range(len(order)))))
    box.put(table)
    box.verb("知道了", box.accept, role="primary", default=True)
    box.ask()
    return box


def shown_name(name: str) -> str:
    """A file's name for the screen: control and direction characters made visible."""
    return "".join(char if char.isprintable() else "�" for char in name)
