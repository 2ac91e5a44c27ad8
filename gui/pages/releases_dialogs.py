"""Asking where and when something was put before the public."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QFormLayout, QLineEdit, QWidget

from gui.dialogs.box import Box

# The usual channels (domain notes, disclosure A5); any other can be typed.
CHANNELS = (
    "政府网站",
    "政务新媒体",
    "政府公报",
    "村（社区）公示栏",
    "政府公开栏",
    "电子显示屏",
    "公开查阅点",
)


def ask_publication(
    parent: QWidget, lead: str, then: Callable[[str, str, date], None], today: date
) -> Box:
    """Channel, address and day; the verb works once there is a channel."""
    box = Box(parent, lead)
    channel = QComboBox()
    channel.setEditable(True)
    channel.addItems(CHANNELS)
    channel.setAccessibleName("渠道")
    address = QLineEdit()
    address.setAccessibleName("网址或地点")
    address.setPlaceholderText("网页地址；公示栏写张贴地点")
    day = QDateEdit(QDate(today.year, today.month, today.day))
    day.setDisplayFormat("yyyy年M月d日")
    day.setCalendarPopup(True)
    day.setMaximumDate(QDate(today.year, today.month, today.day))
    day.setAccessibleName("发布日期")
    form = QFormLayout()
    form.addRow("渠道", channel)
    form.addRow("网址或地点", address)
    form.addRow("发布日期", day)
    fields = QWidget()
    fields.setLayout(form)
    form.setContentsMargins(0, 0, 0, 0)
    box.put(fields)

    def go() -> None:
        box.accept()
        chosen = day.date()
        when = date(chosen.year(), chosen.month(), chosen.day())
        then(channel.currentText().strip(), address.text().strip(), when)

    box.verb("先不登记", box.reject)
    enter = box.verb("登记", go, role="primary", default=True)
    channel.editTextChanged.connect(lambda text: enter.setEnabled(bool(text.strip())))
    box.ask()
    address.setFocus()
    return box
