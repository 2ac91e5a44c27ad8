"""The prose of the annual report: five aspects, problems, other; counted while typed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from models.reporting.annual import SECTIONS

# 国办公开办函〔2021〕30号: 总体情况 about one thousand characters in all.
OVERVIEW_LIMIT = 1000
_HINTS = {
    "introduction": "依据、统计期限、电子版下载处、联系地址和电话",
    "overview_active": "主动公开了多少条，各类各多少条，规范性文件制发和清理情况",
    "overview_request": "收到、办结申请的件数，与第三部分的表一致",
    "overview_management": "制度、公开属性认定、更新和清理",
    "overview_platform": "网站栏目、政务新媒体、公开栏和查阅点",
    "overview_supervision": "工作考核、社会评议、责任追究结果；乡镇人民政府必须写",
    "problems": "存在的问题和改进办法要具体，不能与往年雷同",
    "other": "信息处理费的收取情况必须写，没有收取也要写明",
}


def length(text: str) -> int:
    """Characters as an office counts them: without white space."""
    return len("".join(text.split()))


class Texts(QScrollArea):
    """The text fields under each other.

    Signals:
        edited(): something was typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.fields: dict[str, QPlainTextEdit] = {}
        self._labels: dict[str, QLabel] = {}
        inner = QWidget()
        inner.setProperty("role", "panel")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(24, 16, 24, 24)
        rows.setSpacing(4)
        for key, title in SECTIONS.items():
            if key == "overview_active":
                self.overview = QLabel()
                self.overview.setProperty("role", "section")
                rows.addSpacing(8)
                rows.addWidget(self.overview)
            label = QLabel()
            label.setProperty("role", "second")
            field = QPlainTextEdit()
            field.setTabChangesFocus(True)
            field.setAccessibleName(title)
            field.setPlaceholderText(_HINTS.get(key, ""))
            field.setMinimumHeight(96 if key.startswith("overview") else 120)
            field.textChanged.connect(self._typed)
            self.fields[key], self._labels[key] = field, label
            rows.addSpacing(6)
            rows.addWidget(label)
            rows.addWidget(field)
        rows.addStretch(1)
        self.setWidget(inner)
        self._quiet = False
        self._count()
        theme.scheme().changed.connect(self._count)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Other texts; nothing is emitted."""
        self._quiet = True
        for key, field in self.fields.items():
            if field.toPlainText() != texts.get(key, ""):
                field.setPlainText(texts.get(key, ""))
        self._quiet = False
        self._count()

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: field.toPlainText() for key, field in self.fields.items()}

    def _typed(self) -> None:
        self._count()
        if not self._quiet:
            self.edited.emit()

    def _count(self) -> None:
        overview = 0
        for key, field in self.fields.items():
            count = length(field.toPlainText())
            if key.startswith("overview"):
                overview += count
            self._labels[key].setText(f"{SECTIONS[key]}　{count} 字")
        over = overview > OVERVIEW_LIMIT
        more = f"，超过 {overview - OVERVIEW_LIMIT} 字，请精简" if over else ""
        self.overview.setText(f"一、总体情况　{overview}/{OVERVIEW_LIMIT} 字{more}")
        self.overview.setStyleSheet(f"color: {theme.now().hide};" if over else "")
