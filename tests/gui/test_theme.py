"""Colours can be read, pictures are there, words have one form."""

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import resources
from gui import icons, theme
from gui.theme import DARK, LIGHT, Colours, contrast
from gui.widgets.date_field import parse_day
from gui.widgets.words import day, size

GROUNDS = ("window", "surface", "hover")
# On the selection the delegate lays a plain ground under words in the colours of severity.
ON_SELECTION = ("text", "second", "accent")
INKS = ("text", "accent", "stop", "hide", "ask", "note", "done")
LEAST = 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(colours: Colours) -> None:
    poor = [
        (ink, ground, round(contrast(getattr(colours, ink), getattr(colours, ground)), 2))
        for ink in (*INKS, "second")
        for ground in GROUNDS
        if contrast(getattr(colours, ink), getattr(colours, ground)) < LEAST
    ]
    poor += [
        (ink, "selection", 0)
        for ink in ON_SELECTION
        if contrast(getattr(colours, ink), colours.selection) < LEAST
    ]
    poor += [
        (ink, f"{ink}_tint", round(contrast(getattr(colours, ink), tint), 2))
        for ink in ("stop", "hide", "ask", "note", "done", "accent")
        if contrast(getattr(colours, ink), tint := getattr(colours, f"{ink}_tint")) < LEAST
    ]
    for fill in ("accent_fill", "accent_fill_hover", "danger_fill"):
        if contrast(colours.on_accent, getattr(colours, fill)) < LEAST:
            poor.append(("on_accent", fill, 0))
    assert poor == []


def test_every_colour_has_a_dark_twin() -> None:
    same = {name for name in Colours._fields if getattr(LIGHT, name) == getattr(DARK, name)}
    assert same <= {"on_accent", "on_paper"}


def test_the_style_sheet_names_only_colours_there_are(app: QApplication) -> None:
    assert "$" not in app.styleSheet()


def test_every_icon_named_in_the_code_is_drawn(app: QApplication) -> None:
    there = {Path(name).stem for name in resources.names("icons", ".svg")}
    gui = Path(theme.__file__).parent
    named: set[str] = set()
    for file in gui.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        named.update(re.findall(r'icon\s*=\s*"([a-z-]+)"', text))
        named.update(re.findall(r'icons\.icon\("([a-z-]+)"', text))
        named.update(re.findall(r'dress\([\w.]+, "([a-z-]+)"', text))
    assert named - there == set()
    assert all(not icons.pixmap(name).toImage().isNull() for name in there)


def test_dark_and_back_repaints_icons(app: QApplication) -> None:
    light = icons.pixmap("stop", "stop").toImage()
    theme.wear(app, dark=True)
    dark = icons.pixmap("stop", "stop").toImage()
    theme.wear(app, dark=False)
    assert light != dark


def test_twenty_thousand_void_calls_do_not_end_the_program(app: QApplication, qtbot: QtBot) -> None:
    """PySide6 6.12.0 on CPython 3.11 aborted after some 5,600."""
    label = QLabel()
    qtbot.addWidget(label)
    for number in range(20_000):
        label.setText(str(number))
    assert label.text() == "19999"


@pytest.mark.parametrize(
    "typed", ["2026-03-05", "2026.3.5", "2026/3/5", "20260305", "2026年3月5日", " 2026年03月05日 "]
)
def test_a_day_is_understood_in_every_usual_form(typed: str) -> None:
    assert parse_day(typed) == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["", "2026", "2026-13-01", "2026-02-30", "昨天", "26-3-5"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert parse_day(typed) is None


def test_days_and_sizes_have_one_form() -> None:
    assert day(date(2026, 3, 5)) == "2026年3月5日"
    assert [size(n) for n in (12, 2048, 3_500_000)] == ["12 字节", "2 KB", "3.3 MB"]
