"""What stands in a story besides runs of text: pictures, shapes, links, controls."""

import base64
import re

from lxml import etree

from formats.carving import texts_in
from formats.ooxml.properties import telling
from formats.reading import Part
from formats.word import names as n
from formats.word.look import PAINTED, PAPER
from formats.word.passages import Atom
from formats.word.symbols import sign
from formats.word.walker import Handler, Story

# Drawings Word itself understands; of another kind it shows the fallback (ECMA-376 part 3, 9.3).
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
# Names that programs give by themselves; any other name is a person's, often a file's.
AUTOMATIC = re.compile(
    r"\s*(图片|图像|图形|文本框|形状|矩形|直线|直接连接符|连接符|椭圆|组合|画布|图表|对象|艺术字|水印|"
    r"Picture|Image|Graphic|Graphics|Text ?Box|Shape|Rectangle|Straight Connector|Line|Oval|Group|"
    r"Canvas|Chart|Object|WordArt|Frame|Drawing|框架|AutoShape|自选图形|任意多边形|Freeform|Diagram|"
    r"图示|PowerPlusWaterMarkObject|_x0000_[a-z]\d+)?[\s\d]*\s*",
    re.IGNORECASE,
)
BOOKMARKS = re.compile(r"_(Toc|Ref|Hlk|Hlt|GoBack|MON_|PictureBullets|OLE_)\w*|OLE_LINK\d+")
_TEXT_LENGTHS = etree.XPath("string()", smart_strings=False)
# A length in EMU has ten digits at most; eleven are a telephone's.
LONGEST_MEASURE = 10
# Data of a field is longer than this in base 64.
_SHORT = 40
_LONG_NUMBER = re.compile(r"\d{7}")
_NO_FILL = f"{n.A}noFill"
_FILLS = frozenset(f"{n.A}{name}" for name in ("solidFill", "gradFill", "blipFill", "pattFill"))


def whole_text(element: etree._Element) -> str:
    """All character data under an element."""
    return str(_TEXT_LENGTHS(element))


def dense(text: str) -> str:
    """Without white space: what can be compared between two drawings of the same text."""
    return "".join(text.split())


def _tab(story: Story, element: etree._Element) -> None:
    story.add("\t", element)


def _line(story: Story, element: etree._Element) -> None:
    story.add("\n", element)


def _hyphen(story: Story, element: etree._Element) -> None:
    story.add("-", element)


def _symbol(story: Story, element: etree._Element) -> None:
    """w:sym: a character by its code; symbol fonts use U+F000 onwards (17.3.3.30)."""
    attribute = f"{n.W}char"
    try:
        code = int(element.get(attribute, ""), 16)
    except ValueError:  # shown by nobody
        story.paragraph.put_alone(Part.FIELD, Atom(element.get(attribute, ""), element, attribute))
        return
    shown = sign(element.get(f"{n.W}font", ""), code)
    if shown:
        story.add(shown, element)


def _ruby(story: Story, element: etree._Element) -> None:
    """The guide text above characters is its own line; only the base is in the sentence."""
    base = element.find(f"{n.W}rubyBase")
    guide = element.find(f"{n.W}rt")
    if base is not None:
        story.descend(base)
    if guide is not None and story.aside is None:
        outer = story.paragraph
        story.paragraph_of(guide)
        story.paragraph = outer
    elif guide is not None:
        story.descend(guide)


def _alternate(story: Story, element: etree._Element) -> None:
    """The choice Word shows, once; another drawing of the same text is not a second text."""
    shown = next((c for c in element if c.tag == n.CHOICE and understood(c)), None)
    if shown is None:
        shown = element.find(n.FALLBACK)
    if shown is None:
        return
    story.descend(shown)
    said = dense(whole_text(shown))
    for other in element:
        if other is shown:
            continue
        text = whole_text(other)
        if not text or dense(text) == said:
            story.raw.append(text)
        else:
            story.under(Part.HIDDEN, other)


def understood(choice: etree._Element) -> bool:
    wanted = choice.get("Requires", "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_KNOWN) for prefix in wanted)


def _anchor(story: Story, element: etree._Element) -> None:
    """wp:inline and wp:anchor; a drawing can be switched off as a whole."""
    properties = element.find(f"{n.WP}docPr")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        story.under(Part.HIDDEN, element)
    else:
        story.descend(element)


def _describe(story: Story, element: etree._Element) -> None:
    """wp:docPr, pic:cNvPr and their kin: alt text, and names that are often paths of files."""
    for attribute in ("descr", "title"):
        story.paragraph.put_alone(
            Part.ALT_TEXT, Atom(element.get(attribute, ""), element, attribute)
        )
    name = element.get("name", "")
    if not AUTOMATIC.fullmatch(name):
        story.paragraph.put_alone(Part.ALT_TEXT, Atom(name, element, "name"))
    story.descend(element)


def _click(story: Story, element: etree._Element) -> None:
    """a:hlinkClick on a picture."""
    _link(story, element, "tooltip")


def _hyperlink(story: Story, element: etree._Element) -> None:
    _link(story, element, f"{n.W}tooltip")
    story.descend(element)


def _link(story: Story, element: etree._Element, tip: str) -> None:
    relationship = story.relationships.get(element.get(n.RID, ""))
    if relationship is not None and relationship.external:
        story.paragraph.put_alone(Part.LINK, Atom(relationship.target, element, n.RID))
    story.paragraph.put_alone(Part.LINK, Atom(element.get(tip, ""), element, tip))


def _shape(story: Story, element: etree._Element) -> None:
    """A VML shape: its alt text, and whether its style switches it off."""
    for attribute in ("alt", f"{n.OFFICE}title", "title"):
        text = element.get(attribute, "")
        story.paragraph.put_alone(Part.ALT_TEXT, Atom(text, element, attribute))
    if "href" in element.attrib:
        story.paragraph.put_alone(Part.LINK, Atom(element.get("href", ""), element, "href"))
    outer = story.ground
    if element.get("filled") not in ("f", "false"):
        story.ground = _vml_fill(element.get("fillcolor", "white"))
    if "visibility:hidden" in element.get("style", "").replace(" ", ""):
        story.under(Part.HIDDEN, element)
    else:
        story.descend(element)
    story.ground = outer


def _vml_fill(color: str) -> str:
    """A VML colour as a ground: `#rrggbb`, `#rgb` or a name, perhaps with a theme's number."""
    word = color.split()[0].lower() if color.split() else "white"
    if word == "white" or word.startswith("window"):
        return PAPER
    if word == "black":
        return "000000"
    digits = word.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return digits if re.fullmatch("[0-9a-f]{6}", digits) else PAINTED


def _word_art(story: Story, element: etree._Element) -> None:
    """v:textpath: the text of WordArt and of watermarks, which everybody sees."""
    text = element.get("string", "")
    if not text:
        return
    outer = (story.part, story.paragraph, story.table, story.row, story.column)
    if story.visible:
        story.part = Part.TEXTBOX
    story.table = story.row = story.column = None
    story.number += 1
    story.paragraph = type(story.paragraph)(story.number)
    story.add(text, element, "string")
    story.emit(story.paragraph, len(story.segments))
    story.part, story.paragraph, story.table, story.row, story.column = outer


def _drawn_shape(story: Story, element: etree._Element) -> None:
    """wps:wsp: white letters on a painted shape are seen."""
    outer = story.ground
    properties = element.find(f"{n.WPS}spPr")
    style = element.find(f"{n.WPS}style/{n.A}fillRef")
    if properties is not None:
        fill = next((child for child in properties if child.tag in _FILLS), None)
        plain = any(child.tag == _NO_FILL for child in properties)
        if fill is not None:
            color = fill.find(f"{n.A}srgbClr") if fill.tag == f"{n.A}solidFill" else None
            exact = color is not None and not len(color)
            story.ground = color.get("val", PAINTED) if color is not None and exact else PAINTED
        elif style is not None and style.get("idx", "0") != "0" and not plain:
            story.ground = PAINTED
    story.descend(element)
    story.ground = outer


def _control(story: Story, element: etree._Element) -> None:
    """w:sdtPr: names and lists of a content control, which open only on a click."""
    for child in element.iter(*_CONTROL_TEXTS):
        for attribute in (n.VAL, f"{n.W}displayText", f"{n.W}value", f"{n.W}lastValue"):
            text = child.get(attribute, "")
            story.paragraph.put_alone(Part.FIELD, Atom(text, child, attribute))


def _marked(story: Story, element: etree._Element) -> None:
    """w:customXml and w:smartTag: the names of an element of somebody's own data."""
    for attribute in (f"{n.W}element", f"{n.W}uri"):
        text = element.get(attribute, "")
        if telling(text):
            story.paragraph.put_alone(Part.FIELD, Atom(text, element, attribute))
    story.descend(element)


def _form(story: Story, element: etree._Element) -> None:
    """w:ffData: the help, default and list texts of an old form field."""
    for child in element.iter():
        if child.tag in _FORM_TEXTS:
            text = child.get(n.VAL, "")
            story.paragraph.put_alone(Part.FIELD, Atom(text, child, n.VAL))


def _field_data(story: Story, element: etree._Element) -> None:
    """w:fldData (17.16.16): what a program keeps of a field, in base 64."""
    story.raw.append(element.text or "")
    written = "".join((element.text or "").split())
    try:
        text = "\n".join(texts_in(base64.b64decode(written, validate=True)))
    except ValueError:
        text = element.text or ""
    if not text and len(written) <= _SHORT and _LONG_NUMBER.search(written):
        text = written  # letters and figures of no code: a number may be made of them too
    story.paragraph.put_alone(Part.FIELD, Atom(text, element))


def _table_properties(story: Story, element: etree._Element) -> None:
    """w:tblPr: a table's alternative text; the rest is looks."""
    for child in element.iterchildren(*_TABLE_TEXTS):
        _table_text(story, child)


def _table_text(story: Story, element: etree._Element) -> None:
    """w:tblCaption, w:tblDescription."""
    story.paragraph.put_alone(Part.ALT_TEXT, Atom(element.get(n.VAL, ""), element, n.VAL))


def _bookmark(story: Story, element: etree._Element) -> None:
    attribute = f"{n.W}name"
    name = element.get(attribute, "")
    if not BOOKMARKS.fullmatch(name):
        story.paragraph.put_alone(Part.OUTLINE, Atom(name, element, attribute))


def _tag(story: Story, element: etree._Element) -> None:
    """w:smartTagPr and w:customXmlPr: attributes a person never sees."""
    for child in element.iter(f"{n.W}attr"):
        text = child.get(n.VAL, "")
        story.paragraph.put_alone(Part.FIELD, Atom(text, child, n.VAL))


def _permission(story: Story, element: etree._Element) -> None:
    """w:permStart: who may edit, by account name."""
    text = element.get(f"{n.W}ed", "")
    story.paragraph.put_alone(Part.FIELD, Atom(text, element, f"{n.W}ed"))


def _measure(story: Story, element: etree._Element) -> None:
    """A number that places a drawing: character data, but no text."""
    text = element.text or ""
    if len(text.removeprefix("-")) <= LONGEST_MEASURE:
        story.raw.append(text)


_CONTROL_TEXTS = tuple(
    f"{n.W}{name}" for name in ("alias", "tag", "listItem", "dropDownList", "comboBox")
)
_FORM_TEXTS = frozenset(
    f"{n.W}{name}" for name in ("helpText", "statusText", "default", "listEntry", "name")
)
_TABLE_TEXTS = (f"{n.W}tblCaption", f"{n.W}tblDescription")
DRAWN: dict[str, Handler] = {
    f"{n.W}tab": _tab,
    f"{n.W}ptab": _tab,
    f"{n.W}br": _line,
    f"{n.W}cr": _line,
    f"{n.A}br": _line,
    f"{n.W}noBreakHyphen": _hyphen,
    f"{n.W}sym": _symbol,
    f"{n.W}ruby": _ruby,
    n.ALTERNATE: _alternate,
    f"{n.WP}inline": _anchor,
    f"{n.WP}anchor": _anchor,
    f"{n.WP}docPr": _describe,
    f"{n.PIC}cNvPr": _describe,
    f"{n.WPS}cNvPr": _describe,
    f"{n.A}hlinkClick": _click,
    f"{n.A}hlinkHover": _click,
    n.HYPERLINK: _hyperlink,
    f"{n.WPS}wsp": _drawn_shape,
    f"{n.VML}textpath": _word_art,
    f"{n.W}sdtPr": _control,
    f"{n.W}ffData": _form,
    f"{n.W}fldData": _field_data,
    n.TBLPR: _table_properties,
    **dict.fromkeys(_TABLE_TEXTS, _table_text),
    f"{n.W}bookmarkStart": _bookmark,
    f"{n.W}smartTagPr": _tag,
    f"{n.W}customXmlPr": _tag,
    f"{n.W}customXml": _marked,
    f"{n.W}smartTag": _marked,
    f"{n.W}permStart": _permission,
}
DRAWN |= {
    f"{n.VML}{name}": _shape
    for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "group", "imagedata")
}
DRAWN |= {
    f"{space}{name}": _measure
    for space in (n.WP, "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}")
    for name in (
        "posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset",
    )
}  # fmt: skip
