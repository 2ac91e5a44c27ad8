"""Whether an element's text is seen: what CSS, old attributes and the tag itself say, inherited."""

import re
from colorsys import hls_to_rgb
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from formats.plain.html_rules import Declarations, Rules, declarations, merge

Colour = tuple[int, int, int]

FALLBACK = "备用内容"
# Shown by no browser as it opens a page with scripts on (HTML 15.3.1 and the elements' own rules).
_UNSEEN = {
    "template": "模板", "noscript": "浏览器不支持脚本时才显示", "noframes": "不支持框架时才显示",
    "datalist": "候选值", "object": FALLBACK, "applet": FALLBACK, "audio": FALLBACK,
    "video": FALLBACK, "canvas": FALLBACK, "iframe": FALLBACK, "xml": "Office 数据",
    "desc": "图形说明", "metadata": "图形元数据", "dialog": "未打开的对话框",
    "defs": "图形里没有画出的定义", "symbol": "图形里没有画出的定义", "progress": FALLBACK,
    "meter": FALLBACK,
}  # fmt: skip
# Elements whose look may say something without a style.
_STYLED = frozenset({"svg", "title", "font", "body", "table", "td", "th", "tr"})
_DRAWN = frozenset({"svg", "g", "text", "tspan", "textpath", "a", "switch", "foreignobject"})
_DRAWN_PROPERTIES = ("display", "visibility", "opacity", "font-size")
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_NAMED: dict[str, Colour] = {
    "white": _WHITE, "black": _BLACK, "red": (255, 0, 0), "blue": (0, 0, 255),
    "green": (0, 128, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "snow": (255, 250, 250),
    "silver": (192, 192, 192), "yellow": (255, 255, 0), "whitesmoke": (245, 245, 245),
    "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255), "navy": (0, 0, 128),
    "floralwhite": (255, 250, 240), "windowtext": _BLACK, "window": _WHITE,
}  # fmt: skip
_NUMBER = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|in|cm|mm|vw|vh)?")
_PIXELS = {"pt": 4 / 3, "in": 96.0, "cm": 37.8, "mm": 3.78, "vw": 13.66, "vh": 7.68}
_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
          "x-large": 24.0, "xx-large": 32.0}  # fmt: skip
_FAR = -400.0
_TINY = 1.5
_CLIPPED = re.compile(
    r"rect\(\s*(0(px)?|1px)[\s,]+(0(px)?|1px)[\s,]+(0(px)?|1px)[\s,]+(0(px)?|1px)\s*\)|"
    r"inset\(\s*(50|100)%\s*\)|circle\(\s*0"
)
_MOVED = re.compile(r"translate[xy3d]*\(\s*-(\d+)(?:px|%)")


class Look(NamedTuple):
    """What an element hands down. `gone` and `off` hold for all below; `unseen` (visibility) can be
    taken back by a child. `cause` numbers the element that hides, for judging what it hides."""

    gone: str = ""
    off: str = ""
    unseen: str = ""
    cause: int = 0
    size: float = 16.0
    ink: Colour | None = _BLACK
    ground: Colour | None = _WHITE
    block: bool = False

    @property
    def why(self) -> str:
        """The reason why text of this look is not seen; empty if it is."""
        if self.gone or self.off or self.unseen:
            return self.gone or self.off or self.unseen
        if self.size <= _TINY:
            return "字号过小"
        if self.ink is not None and self.ground is not None and _near(self.ink, self.ground):
            return "文字与底色同色"
        return ""


def look_of(element: etree._Element, tag: str, parent: Look, rules: Rules, number: int) -> Look:
    """An element's look under its parent's; `number` names it as a possible cause."""
    style = element.get("style")
    said = rules.of(element, tag) if rules else {}
    if tag in _DRAWN:
        said = {**_drawn(element), **said}
    if style:
        merge(said, declarations(style))
    look = parent._replace(block=False) if parent.block else parent
    plain = tag not in _UNSEEN and tag not in (
        "svg",
        "title",
        "font",
        "body",
        "table",
        "td",
        "th",
        "tr",
    )
    if not said and plain and element.get("hidden") is None:
        if tag == "details" and element.get("open") is None:
            return look._replace(off="折叠的内容", cause=number)
        return look._replace(off="") if tag == "summary" and look.off == "折叠的内容" else look
    said = {name: value.removesuffix("!important").strip() for name, value in said.items()}
    look = _old_attributes(element, tag, look)
    look = _painted(said, look)
    if tag == "svg":  # what its shapes paint under its letters is not followed
        look = look._replace(ground=None)
    gone = _gone(element, tag, said)
    if gone and not look.gone:
        look = look._replace(gone=gone, cause=number)
    off = _away(said)
    if off and not look.off:
        look = look._replace(off=off, cause=number)
    seen = said.get("visibility")
    if seen in ("hidden", "collapse"):
        look = look._replace(unseen="隐藏（visibility）", cause=look.cause or number)
    elif seen == "visible":
        look = look._replace(unseen="")
    return look._replace(block=_is_block(said.get("display", "")))


def _drawn(element: etree._Element) -> Declarations:
    """SVG 2, 6.6: properties that its elements write as attributes."""
    return {name: value.strip().lower() for name in _DRAWN_PROPERTIES
            if (value := element.get(name)) is not None}  # fmt: skip


def _gone(element: etree._Element, tag: str, said: Declarations) -> str:
    display = said.get("display", "")
    if display == "none":
        return "隐藏（display）"
    if said.get("mso-hide") == "all":
        return "隐藏（Word 隐藏文字）"
    if tag in _UNSEEN and not (tag == "dialog" and element.get("open") is not None):
        return _UNSEEN[tag]
    if tag == "title" and next(element.iterancestors("svg"), None) is not None:
        return "图形的标题"
    if element.get("hidden") is not None and not display:
        return "隐藏（hidden 属性）"
    if said.get("content-visibility") == "hidden":
        return "隐藏（content-visibility）"
    return ""


def _away(said: Declarations) -> str:
    if not said:
        return ""
    opacity = said.get("opacity")
    if opacity is not None and (value := _pixels(opacity, 1.0)) is not None and value <= 0.02:
        return "隐藏（opacity）"
    if "opacity(0" in said.get("filter", ""):
        return "隐藏（opacity）"
    if _CLIPPED.search(said.get("clip", "") + said.get("clip-path", "")):
        return "裁剪掉的内容"
    free = said.get("position") in ("absolute", "fixed", "relative")
    for name in ("text-indent", "margin-left", "margin-top", "left", "top", "right"):
        far = _pixels(said.get(name, ""), 16.0)
        if far is not None and far <= _FAR and (free or name in _UNTIED):
            return "移出页面"
    moved = _MOVED.search(said.get("transform", ""))
    if moved is not None and int(moved.group(1)[:6]) >= -_FAR:
        return "移出页面"
    if said.get("transform", "").replace(" ", "") == "scale(0)":
        return "缩为零的内容"
    if said.get("overflow", "").startswith("hidden"):
        for name in ("height", "width", "max-height", "max-width"):
            size = _pixels(said.get(name, ""), 16.0)
            if size is not None and size <= 1 and "%" not in said[name]:
                return "缩为零的内容"
    return ""


_UNTIED = frozenset({"text-indent", "margin-left", "margin-top"})


def _old_attributes(element: etree._Element, tag: str, look: Look) -> Look:
    if tag == "font":
        ink = colour(element.get("color", ""))
        return look._replace(ink=ink) if ink is not None else look
    ground = colour(element.get("bgcolor", ""))
    if ground is not None:
        look = look._replace(ground=ground)
    if element.get("background"):
        look = look._replace(ground=None)
    ink = colour(element.get("text", "")) if tag == "body" else None
    return look if ink is None else look._replace(ink=ink)


def _painted(said: Declarations, look: Look) -> Look:
    """Size, ink and ground; a picture behind makes the ground unknown."""
    size = said.get("font-size") or said.get("font", "")
    pixels = _SIZES.get(size)
    if pixels is None:
        pixels = _pixels(size, look.size)
    if pixels is not None:
        look = look._replace(size=pixels)
    ink = said.get("-webkit-text-fill-color") or said.get("color")
    if ink is not None:
        clear = ink == "transparent" or re.fullmatch(r"rgba\(.*,\s*0?\.?0+\)", ink)
        found = look.ground if clear else colour(ink)
        look = look._replace(ink=found)
    ground = said.get("background-color") or said.get("background")
    if ground is not None and ground not in ("none", "transparent", "inherit", "0 0"):
        look = look._replace(ground=None if "url(" in ground else colour(ground))
    if "url(" in said.get("background-image", "") or "gradient" in said.get("background-image", ""):
        look = look._replace(ground=None)
    return look


@lru_cache(maxsize=256)
def colour(value: str) -> Colour | None:
    """An HTML or CSS colour; None for one this does not know (then nothing is concluded)."""
    value = value.strip().lower()
    for word in value.split() if " " in value and "(" not in value else (value,):
        if word in _NAMED:
            return _NAMED[word]
        digits = re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?", word)
        if digits is not None:
            code = digits.group(1)
            if len(code) == 3:
                code = "".join(c * 2 for c in code)
            return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)
    parts = re.match(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", value)
    if parts is not None:
        return int(parts.group(1)), int(parts.group(2)), int(parts.group(3))
    turn = re.match(r"hsla?\(\s*(\d{1,3})(?:deg)?[\s,]+(\d{1,3})%[\s,]+(\d{1,3})%", value)
    if turn is not None:
        hue, strength, light = (int(turn.group(n)) for n in (1, 2, 3))
        mixed = hls_to_rgb(hue % 360 / 360, min(light, 100) / 100, min(strength, 100) / 100)
        red, green, blue = (round(part * 255) for part in mixed)
        return red, green, blue
    return None


@lru_cache(maxsize=256)
def _near(one: Colour, other: Colour) -> bool:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) <= 30


def _pixels(value: str, whole: float) -> float | None:
    match = _NUMBER.match(value)
    if match is None or len(match.group(1)) > 12:
        return None
    number, unit = float(match.group(1)), match.group(2)
    if unit in ("em", "rem"):
        return number * (whole if unit == "em" else 16.0)
    if unit == "%":
        return number * whole / 100
    return number * _PIXELS.get(unit or "", 1.0)


def _is_block(display: str) -> bool:
    return display.startswith(("block", "flex", "grid", "list-item", "table"))
