"""Our own icons: 1.5 px lines drawn on 20 px, coloured by the theme.

`icon(name)` for a picture now; `dress(button, name)` also repaints it when light becomes dark.
"""

from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

import resources
from gui import theme

if TYPE_CHECKING:
    from detection.finding import Severity

SIZE = 20
# Rendered once for plain screens and once more where a denser one is there: Qt scales down.
DENSE = 2.0

Dressable = QAbstractButton | QAction
_dressed: "WeakKeyDictionary[Dressable, tuple[str, str]]" = WeakKeyDictionary()


def _densities() -> tuple[float, ...]:
    dense = any(screen.devicePixelRatio() > 1 for screen in QGuiApplication.screens())
    return (1.0, DENSE) if dense else (1.0,)


@cache
def _source(name: str) -> str:
    return resources.text(f"icons/{name}.svg")


@cache
def _pixmap(name: str, colour: str, size: int, density: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    side = round(size * density)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(density)
    return drawn


def pixmap(name: str, colour: str = "text", size: int = SIZE, density: float = 1.0) -> QPixmap:
    """One icon as pixels. `colour` is a name in `theme.Colours`; `size` in logical pixels."""
    return _pixmap(name, getattr(theme.now(), colour), size, density)


def icon(name: str, colour: str = "text") -> QIcon:
    """An icon in a colour of the theme; greyed when disabled."""
    made = QIcon()
    colours = theme.now()
    for density in _densities():
        made.addPixmap(_pixmap(name, getattr(colours, colour), SIZE, density))
        made.addPixmap(_pixmap(name, colours.faint, SIZE, density), QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw an icon centred in `box`, as large as fits up to its own size."""
    device = painter.device()
    density = device.devicePixelRatioF() if device is not None else 1.0
    side = int(min(box.width(), box.height(), SIZE))
    drawn = pixmap(name, colour, side, density)
    target = QRectF(0, 0, side, side)
    target.moveCenter(box.center())
    painter.drawPixmap(target.topLeft().toPoint(), drawn)


def dress(what: Dressable, name: str, colour: str = "text") -> None:
    """Give a button or an action its icon and keep it in the theme's colours."""
    what.setIcon(icon(name, colour))
    _dressed[what] = (name, colour)


def dress_again() -> None:
    """The colours have changed: new icons for all that have one."""
    for what, (name, colour) in list(_dressed.items()):
        if isValid(what):
            what.setIcon(icon(name, colour))


def severity(which: "Severity") -> tuple[str, str]:
    """Icon name and colour name of a severity; the names are the same by design."""
    return which.value, which.value


def sizes(side: int = SIZE) -> QSize:
    """A square icon size."""
    return QSize(side, side)


def tint(which: str) -> QColor:
    """The ground that goes under text of a severity's colour."""
    return theme.colour(f"{which}_tint")
