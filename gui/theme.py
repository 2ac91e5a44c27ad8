"""Every colour, once, with its dark twin; the fonts; the one style sheet.

Contrast of text on its ground is at least 4.5:1 in both (a test computes it). Colour is never the
only sign: severity also has a shape (`gui.icons`) and a word.
"""

import sys
from functools import cache
from string import Template
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

import resources

# One line a platform: the first face that is installed is used.
FACES = {
    "win32": ["Microsoft YaHei UI", "Microsoft YaHei", "SimHei"],
    "darwin": ["PingFang SC"],
    "linux": ["Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Zen Hei"],
}

BASE_POINTS = 10.0
TITLE_POINTS = 13.0
CAPTION_POINTS = 9.0

# The 8 px grid.
GRID = 8
ROW = 32
BAR = 40
RAIL = 184
RAIL_FOLDED = 56
INSPECTOR = 340
GUTTER = 16


class Colours(NamedTuple):
    """Named by use, not by look. `*_tint` are grounds under text of the same name."""

    window: str
    surface: str
    sunken: str
    line: str
    line_strong: str
    text: str
    second: str
    faint: str
    accent: str
    accent_fill: str
    accent_fill_hover: str
    on_accent: str
    selection: str
    hover: str
    focus: str
    stop: str
    hide: str
    ask: str
    note: str
    done: str
    stop_tint: str
    hide_tint: str
    ask_tint: str
    note_tint: str
    done_tint: str
    accent_tint: str
    danger_fill: str
    paper: str
    on_paper: str


LIGHT = Colours(
    window="#F5F6F8",
    surface="#FFFFFF",
    sunken="#EEF0F3",
    line="#E1E4E8",
    line_strong="#C6CCD3",
    text="#1F2328",
    second="#57606A",
    faint="#8C959F",
    accent="#1F5FBF",
    accent_fill="#1F5FBF",
    accent_fill_hover="#184E9E",
    on_accent="#FFFFFF",
    selection="#DCE8F8",
    hover="#F6F8FA",
    focus="#1F5FBF",
    stop="#B42318",
    hide="#C2410C",
    ask="#9A6700",
    note="#57606A",
    done="#1A7F37",
    stop_tint="#FDECEA",
    hide_tint="#FFF1E8",
    ask_tint="#FFF8E0",
    note_tint="#EEF0F3",
    done_tint="#EAF7EE",
    accent_tint="#E8F0FB",
    danger_fill="#B42318",
    paper="#FFFFFF",
    on_paper="#1F2328",
)

DARK = Colours(
    window="#15181D",
    surface="#1C2026",
    sunken="#121519",
    line="#2E343C",
    line_strong="#48505B",
    text="#E4E7EB",
    second="#A2ABB6",
    faint="#707A86",
    accent="#86B4FF",
    accent_fill="#2B66C4",
    accent_fill_hover="#3874D6",
    on_accent="#FFFFFF",
    selection="#23395A",
    hover="#252A32",
    focus="#86B4FF",
    stop="#FF9A8F",
    hide="#FFAB70",
    ask="#E3B341",
    note="#A2ABB6",
    done="#63CF80",
    stop_tint="#3A1E1C",
    hide_tint="#38251A",
    ask_tint="#332A12",
    note_tint="#292F37",
    done_tint="#17301F",
    accent_tint="#1D2E47",
    danger_fill="#B3362B",
    paper="#F7F6F2",
    on_paper="#1F2328",
)


class _Scheme(QObject):
    """Tells whoever draws its own colours that they have changed."""

    changed = Signal()
    dark = False


@cache
def scheme() -> _Scheme:
    """The one object whose `changed` says that the system went light or dark."""
    return _Scheme()


def now() -> Colours:
    """The colours in force."""
    return DARK if scheme().dark else LIGHT


def colour(name: str) -> QColor:
    """One colour in force, by its name in `Colours`; shared, not to be changed."""
    return _made(getattr(now(), name))


@cache
def _made(value: str) -> QColor:
    return QColor(value)


def mark(name: str, opacity: float = 0.25) -> QColor:
    """A colour to lay under text: the severity at 25 %. Always the light one: paper is light."""
    laid = QColor(getattr(LIGHT, name))
    laid.setAlphaF(opacity)
    return laid


@cache
def font(points: float = BASE_POINTS, *, strong: bool = False) -> QFont:
    """The interface's face at a size in points; shared, not to be changed."""
    made = QFont(QApplication.font())
    made.setPointSizeF(points)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def text_width(text: str, used: QFont | None = None) -> int:
    """Width of one line of text in device-independent pixels."""
    return QFontMetrics(used or font()).horizontalAdvance(text)


def dress(app: QApplication) -> None:
    """Our palette, face and sheet; follows the system's light and dark from then on.

    The style is Fusion; where it is that already, it is not made a second time (12 ms).
    """
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    face = QFont()
    face.setFamilies(FACES.get(sys.platform, FACES["linux"]))
    face.setPointSizeF(BASE_POINTS)
    app.setFont(face)
    font.cache_clear()
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, enable=False)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: wear(app, dark=_is_dark(app)))
    wear(app, dark=_is_dark(app))


def wear(app: QApplication, *, dark: bool) -> None:
    """Put on the light or the dark colours."""
    scheme().dark = dark
    app.setPalette(_palette(now()))
    app.setStyleSheet(_sheet(dark=dark))
    scheme().changed.emit()


def _sheet(*, dark: bool) -> str:
    """The style sheet with our colours, and the few pictures only a sheet can put in."""
    arrow = resources.path(f"style/down-{'dark' if dark else 'light'}.svg").as_posix()
    tick = resources.path("style/tick.svg").as_posix()
    words = {**now()._asdict(), "arrow": arrow, "tick": tick}
    return Template(resources.text("style/desk.qss")).substitute(words)


def _is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.surface),
        (role.Text, c.text),
        (role.Button, c.surface),
        (role.ButtonText, c.text),
        (role.BrightText, c.on_accent),
        (role.ToolTipBase, c.surface),
        (role.ToolTipText, c.text),
        (role.PlaceholderText, c.second),
        (role.Highlight, c.selection),
        (role.HighlightedText, c.text),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Accent, c.accent),
        (role.Light, c.surface),
        (role.Midlight, c.line),
        (role.Mid, c.line_strong),
        (role.Dark, c.line_strong),
        (role.Shadow, c.line_strong),
    ):
        palette.setColor(which, QColor(value))
    off = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(off, which, QColor(c.faint))
    return palette


def contrast(a: str, b: str) -> float:
    """WCAG 2.1 contrast ratio of two opaque colours, 1 to 21."""

    def luminance(value: str) -> float:
        channels = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (
            v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
