"""The words of one a:p, piece by piece with its look, and the words programs put there alone."""

import re
from typing import NamedTuple

from lxml import etree

from formats.numerals import whole
from formats.slides import names as n
from formats.slides.shapes import chosen
from formats.word.counting import written

# Names that programs give by themselves; any other name is a person's, often a file's.
AUTOMATIC = re.compile(
    r"\s*((Google )?Shape;.*|(标题|副标题|内容|文本|图片|日期|页脚|灯片编号|备注|幻灯片图像|页眉|"
    r"表格|图表|媒体|SmartArt|竖排文字|竖排标题|剪贴画|垂直|Title|Subtitle|Vertical (Title|Text)|"
    r"(Content|Text|Picture|Date|Footer|Slide Number|Notes|Slide Image|Header|Table|Chart|Media|"
    r"SmartArt|ClipArt|Vertical Text)? ?Placeholder|PlaceHolder|占位符)[\s\d]*"
    r"(占位符|Placeholder)?|图片|图像|图形|文本框|形状|矩形|圆角矩形|直线|直接连接符|肘形连接符|"
    r"曲线连接符|连接符|椭圆|组合|画布|图表|表格|对象|艺术字|墨迹|背景|箭头|标注|"
    r"Picture|Image|Graphic|Graphics|Text ?Box|Shape|"
    r"CustomShape|Rectangle|Rounded Rectangle|Straight Connector|Connector|Line|Oval|Group|Canvas|"
    r"Chart|Table|Object|WordArt|Frame|Diagram|图示|AutoShape|自选图形|任意多边形|Freeform|Ink|"
    r"Arrow)?([:：] ?[\u4e00-\u9fff ]{1,6})?[\s\d:：、-]*"
)
# What a layout's placeholders say until somebody writes in them.
FILLER = re.compile(
    r"\s*(单击(此处|图标)?(以)?(编辑|添加)?.{0,12}(样式|标题|文本|图片|副标题|内容)?|编辑母版文本样式|"
    r"Click to move the slide|"
    r"第?[一二三四五六七八九]级|Click (to|icon to) (edit|add) .{0,40}|Edit Master text styles|"
    r"(Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth) (level|Outline Level)|‹#›|<#>|"
    r"<(number|date/time|footer|header)>|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
    r"\s*"
)


# 20.1.10.61: how a counted number is written, and what stands around it.
_COUNTS = {
    "arabic": "decimal", "romanUc": "upperRoman", "romanLc": "lowerRoman",
    "alphaUc": "upperLetter", "alphaLc": "lowerLetter", "ea1Chs": "chineseCounting",
    "ea1Cht": "taiwaneseCounting", "ea1JpnChsDb": "chineseCounting",
    "ea1JpnKor": "chineseCounting", "circleNum": "decimalEnclosedCircle",
}  # fmt: skip
_AROUND = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}", "DbPlain": "{}",
           "WdBlackPlain": "{}", "WdWhitePlain": "{}", "Minus": "{}-"}  # fmt: skip
_MOST = 32767


class Counts:
    """The running numbers of one text body, by level; `label` is asked paragraph by paragraph."""

    def __init__(self) -> None:
        self._at: list[tuple[str, int] | None] = [None] * 9

    def label(self, paragraph: etree._Element, level: int, *, empty: bool) -> str:
        """What stands before a paragraph, with a space behind it; "" for none and for bullets.

        An empty paragraph shows no number and counts none."""
        numbered = paragraph.find(f"{n.PPR}/{n.A}buAutoNum")
        if empty:
            return ""
        self._at[level + 1 :] = [None] * (8 - level)
        if numbered is None:
            self._at[level] = None
            return ""
        style, start = numbered.get("type", ""), numbered.get("startAt", "1")
        first = min(whole(start), _MOST)
        before = self._at[level]
        count = before[1] + 1 if before is not None and before[0] == style else first
        self._at[level] = (style, count)
        for name, written_as in _COUNTS.items():
            around = _AROUND.get(style.removeprefix(name)) if style.startswith(name) else None
            if around is not None:
                return around.format(written(count, written_as)) + " "
        return f"{count}. "


class Piece(NamedTuple):
    """Text with one look; `elements` are those it was taken from."""

    text: str
    look: etree._Element | None
    elements: set[etree._Element]


def pieces_of(paragraph: etree._Element) -> list[Piece]:
    """The runs, fields, line breaks and formulas of a paragraph, in order."""
    found: list[Piece] = []
    _gather(paragraph, found)
    return found


def _gather(parent: etree._Element, found: list[Piece]) -> None:
    for child in parent:
        if child.tag in (n.RUN, n.FIELD):
            text = child.find(n.T)
            if text is not None:
                found.append(Piece(text.text or "", child.find(n.RPR), {text}))
        elif child.tag == n.BREAK:
            found.append(Piece("\n", None, set()))
        elif child.tag == n.ALTERNATE:
            shown = chosen(child)
            if shown is not None:
                _gather(shown, found)
        elif child.tag != n.PPR:
            texts = set(child.iter(f"{n.MATH}t"))
            if texts:
                said = "".join(t.text or "" for t in child.iter(f"{n.MATH}t"))
                found.append(Piece(said, None, texts))
