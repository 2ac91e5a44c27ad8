"""The keys of the review desk, as data: what works and what ? shows are the same list."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from gui.actions import action
from gui.dialogs.box import Box

# What of a screen's height a dialog's own title, head and buttons take.
FRAME = 170


class Key(NamedTuple):
    """`act` is the name of a method of the page; `keys` in Qt's spelling, several alternatives."""

    keys: tuple[str, ...]
    act: str
    says: str
    group: str


KEYS: tuple[Key, ...] = (
    Key(("J",), "next_finding", "下一处发现", "走动"),
    Key(("K",), "previous_finding", "上一处发现", "走动"),
    Key(("N",), "next_document", "下一份文件", "走动"),
    Key(("P",), "previous_document", "上一份文件", "走动"),
    Key(("T",), "to_text", "到文件内容，再按到下方列表（Shift+方向键选字）", "走动"),
    Key(("S",), "to_hidden", "到看不见的内容（左右键选，空格键打开）", "走动"),
    Key(("V",), "page_seen", "扫描件：本页已看，到下一张", "走动"),
    Key(("R",), "rule_redact", "删除", "处理"),
    Key(("M",), "rule_mask", "按建议遮盖", "处理"),
    Key(("E",), "rule_keep", "保留，写明理由", "处理"),
    Key(("X",), "rule_not_one", "不是，写明理由；本批相同文字不再问", "处理"),
    Key(("Y",), "rule_as_before", "采纳以前对相同文字的意见", "处理"),
    Key(("A",), "add_mark", "给选中的文字加标记", "处理"),
    Key(("L",), "toggle_alike", "同类全部如此处理", "处理"),
    Key(("Ctrl+Z",), "undo", "撤销上一次处理", "处理"),
    Key(("1",), "show_original", "看原件", "查看"),
    Key(("2",), "show_public", "看公开件", "查看"),
    Key(("3",), "show_difference", "看差异", "查看"),
    Key(("B",), "toggle_bare", "显示或遮盖原文", "查看"),
    Key(("H",), "toggle_hidden", "打开或收起全部看不见的内容", "查看"),
    Key(("Q",), "toggle_queue", "收起或展开左边的文件", "查看"),
    Key(("O",), "to_opinion", "写办理意见", "办理"),
    Key(("Ctrl+Return", "Ctrl+Enter"), "hand_in", "送审；审查人员：通过", "办理"),
    Key(("F5",), "scan_again", "按现在的规则重新检查", "办理"),
    Key(("?", "F1"), "show_keys", "显示这张表", "办理"),
)


def bind(page: QWidget) -> None:
    """Make the page's methods answer to their keys."""
    for key in KEYS:
        for number, keys in enumerate(key.keys):
            made = action(page, key.says, getattr(page, key.act), key=keys)
            made.setObjectName(key.act if number == 0 else f"{key.act}-{number}")


def shown(keys: tuple[str, ...]) -> str:
    """As it is printed on the keyboard."""
    words = {"Ctrl+Return": "Ctrl+Enter"}
    return "、".join(dict.fromkeys(words.get(key, key) for key in keys))


def show_keys(parent: QWidget) -> Box:
    """All keys: walking and ruling at the left, looking and stepping at the right."""
    box = Box(parent, "审查台的按键", 640)
    table = QGridLayout()
    table.setContentsMargins(0, 0, 0, 0)
    table.setHorizontalSpacing(32)
    table.setVerticalSpacing(2)
    rows = [0, 0]
    for number, group in enumerate(dict.fromkeys(key.group for key in KEYS)):
        side = number // 2
        head = QLabel(group)
        head.setProperty("role", "section")
        table.addWidget(head, rows[side], side)
        words = "\n".join(f"{shown(k.keys)}　{k.says}" for k in KEYS if k.group == group)
        table.addWidget(QLabel(words), rows[side] + 1, side, Qt.AlignmentFlag.AlignTop)
        rows[side] += 2
    inner = QWidget()
    inner.setLayout(table)
    around = QScrollArea()
    around.setWidget(inner)
    around.setWidgetResizable(True)
    around.setFrameShape(QScrollArea.Shape.NoFrame)
    room = parent.screen().availableGeometry().height() - FRAME
    around.setFixedHeight(min(inner.sizeHint().height(), room))
    box.put(around)
    box.verb("知道了", box.accept, role="primary", default=True)
    box.ask()
    return box
