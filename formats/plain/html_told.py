"""What a page says beside its text: attributes, addresses, scripts, style sheets, meta."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from formats.carving import telling, written
from formats.reading import Part

# Attributes a reader meets when pointing at the thing, or that an assistive program speaks.
_SPOKEN = frozenset(
    {"alt", "title", "placeholder", "aria-label", "summary", "aria-description", "aria-placeholder",
     "aria-roledescription", "aria-valuetext", "label", "abbr", "caption"}
)  # fmt: skip
_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "cite", "longdesc", "background", "poster", "data",
     "codebase", "archive", "manifest", "xlink:href", "ping", "profile", "classid", "srcset",
     "lowsrc", "dynsrc", "usemap", "content-location", "o:href"}
)  # fmt: skip
# Layout and wiring: told only when they carry han characters or a long number.
_IDLE = frozenset(
    {"class", "id", "name", "for", "width", "height", "align", "valign", "border", "cellpadding",
     "cellspacing", "colspan", "rowspan", "target", "rel", "type", "lang", "xml:lang", "dir",
     "method", "enctype", "size", "color", "bgcolor", "hspace", "vspace", "nowrap", "frameborder",
     "scrolling", "checked", "selected", "disabled", "readonly", "tabindex", "role", "maxlength",
     "rows", "cols", "charset", "language", "media", "http-equiv", "shape", "coords", "clear",
     "start", "span", "scope", "hidden", "loading", "defer", "async", "crossorigin", "integrity",
     "autocomplete", "contenteditable", "draggable", "spellcheck", "sizes", "decoding", "open",
     "viewbox", "fill", "stroke", "d", "x", "y", "r", "cx", "cy", "points", "xmlns", "version",
     "preserveaspectratio", "transform", "stroke-width", "allowfullscreen", "translate", "slot",
     "accept-charset", "referrerpolicy", "face", "link", "vlink", "alink", "text", "multiple"}
)  # fmt: skip
_TALKING = re.compile("[\u2e80-\U0003ffff]|[0-9]{6,}")
_FONTS = frozenset({"face", "lang", "xml:lang"})
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_IDLE_META = frozenset(
    {
        "generator",
        "appversion",
        "originator",
        "viewport",
        "renderer",
        "robots",
        "progid",
        "format-detection",
    }
)
_LOCAL = re.compile(r"(?i)\Afile:|\A[a-z]:[\\/]|\A\\\\")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = re.compile(r"[\\%]u(?:\{0*([0-9A-Fa-f]{1,5})\}|([0-9A-Fa-f]{4}))|\\x([0-9A-Fa-f]{2})")
_CODED = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{12,}={0,2}")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CSS_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?")
_CSS_COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)", re.DOTALL)
# Everything that a page shows before or behind an element: strings between counters and others.
_CSS_CONTENT = re.compile(r"""content\s*:((?:[^;{}"'\n]|"[^"\n]*"|'[^'\n]*')*)""")
_CSS_STRING = re.compile(r"""["']([^"'\n]*)["']""")
_CSS_PIECES = re.compile(r"[;{}]")
_CSS_SHOWN = frozenset({"list-style-type", "quotes"})
# What fonts, styles and numbers of lists are called.
_CSS_NAMES = re.compile(
    r"font|panose|lang|^src$|^content$|^mso-(?:style|list|level|bidi|ascii|hansi|fareast)"
)
DATA = re.compile(r"data:[\w.+/-]*(?:;[\w-]+=[\w.\"-]*)*(?:;base64)?,", re.IGNORECASE)


class Told(NamedTuple):
    """One thing an attribute says."""

    part: Part
    text: str
    note: str
    visible: bool = False


def attributes(values: dict[str, str], tag: str) -> list[Told]:
    """What an element's attributes say. Names are lower case; addresses of data are left out."""
    if tag == "meta":
        return _meta(values)
    found = []
    if "value" in values and tag not in ("li", "progress", "meter"):
        found.append(_value(values, tag))
    for name, text in values.items():
        if not text and telling(name):
            found.append(Told(Part.HIDDEN, name, "属性的名称"))
        if not text or DATA.match(text.lstrip()):
            continue
        if name in _SPOKEN:
            found.append(Told(Part.ALT_TEXT, text, f"属性 {name}"))
        elif name in _ADDRESSES:
            if not text.startswith("#") or telling(text):
                note = "本机或内部网络的路径" if _LOCAL.match(text) else ""
                if tag == "base":
                    note = note or "相对链接的起点"
                script = text[:11].lower() == "javascript:"
                part = Part.SCRIPT if script else Part.LINK
                found.append(Told(part, unescaped(text) if script else address(text), note))
        elif name == "style":
            found += [Told(Part.HIDDEN, m, "样式里的注释") for m in _CSS_COMMENT.findall(text)]
            found += declared(text)
        elif name.startswith("on"):
            found.append(Told(Part.SCRIPT, unescaped(text), f"属性 {name}"))
        elif name == "value" or name == "srcdoc":
            continue
        elif name in _FONTS or _COLOUR.fullmatch(text):
            continue  # han characters and long numbers are ordinary here
        elif name.startswith("data-") or name not in _IDLE or _TALKING.search(text):
            found.append(Told(Part.HIDDEN, unescaped(text), f"属性 {name}"))
    return found


def _meta(values: dict[str, str]) -> list[Told]:
    name = next(
        (values[k] for k in ("name", "property", "http-equiv", "itemprop") if k in values), ""
    )
    text = values.get("content", "")
    more = [
        Told(Part.METADATA, value, key)
        for key, value in values.items()
        if key != "content" and telling(value) and (value != name or not text)
    ]
    if name.lower() in _IDLE_META or not text or name.lower() == "content-type":
        return more
    return [Told(Part.METADATA, text, name), *more]


def _value(values: dict[str, str], tag: str) -> Told:
    """A form's value; of a box that is ticked, a password or an option a person sees no value."""
    kind = values.get("type", "").lower()
    unseen = kind in ("hidden", "password", "checkbox", "radio", "image")
    seen = tag in ("input", "button") and not (unseen or (tag == "button" and kind != "hidden"))
    note = "隐藏的表单值" if kind == "hidden" else "表单值"
    return Told(Part.FORM_VALUE, values["value"], note, seen)


def address(text: str) -> str:
    """An address with its percent signs resolved, since names travel in them."""
    if "%" not in text:
        return text
    return _PERCENT.sub(lambda m: _percent(m.group()), text)


def percent_bytes(text: str) -> bytes:
    """The bytes behind percent signs (RFC 3986 2.1)."""
    raw = text.encode("utf-8", "replace")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes((int(m.group(1), 16),)), raw)


def _percent(text: str) -> str:
    raw = bytes.fromhex(text.replace("%", ""))
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return text


def unescaped(text: str) -> str:
    r"""A script's text with `\u4e00`, `\x41`, `%u4e00` and `%E4` resolved, as JSON often has it."""
    if "%" in text:
        text = address(text)
    if "\\u" not in text and "\\x" not in text and "%u" not in text:
        return text
    made = _ESCAPE.sub(_escape, text)
    return _PAIR.sub(lambda m: m.group().encode("utf-16", "surrogatepass").decode("utf-16"), made)


def coded(text: str) -> Iterator[Told]:
    """Words that a script holds as base64."""
    for found in _CODED.findall(text):
        said = written(_base64(found.encode()))
        if telling(said):
            yield Told(Part.SCRIPT, said, "脚本里用 base64 编码的文字")


def _escape(match: re.Match[str]) -> str:
    return chr(int(match.group(1) or match.group(2) or match.group(3), 16))


def sheet(text: str) -> list[Told]:
    """What a style sheet says in words: its comments, and text that it makes the page show."""
    found = [Told(Part.HIDDEN, said, "样式表里的注释") for said in _CSS_COMMENT.findall(text)]
    for value in _CSS_CONTENT.findall(text.replace("\\\n", "")):
        said = _CSS_ESCAPE.sub(_css, "".join(_CSS_STRING.findall(value)))
        if _WORD.search(said):
            found.append(Told(Part.SCRIPT, said, "样式表生成的文字", visible=True))
    return found + declared(text)


def declared(text: str) -> list[Told]:
    """Words in declarations of a style: authors of changes and codes of fields as Word saves them,
    addresses, values that scripts read."""
    found = []
    for piece in _CSS_PIECES.split(_CSS_COMMENT.sub("", text)):
        name, colon, value = (part.strip() for part in piece.partition(":"))
        value = _CSS_ESCAPE.sub(_css, value)
        if not colon and name.startswith("@import") and telling(name):
            found.append(Told(Part.LINK, name, "样式表的地址"))
        elif name in _CSS_SHOWN and telling(value):
            found.append(Told(Part.SCRIPT, value, "样式表生成的文字", visible=True))
        elif telling(value) and not _CSS_NAMES.search(name) and "data:" not in value:
            found.append(Told(Part.HIDDEN, value, f"样式里的文字 {name}"))
    return found


_WORD = re.compile(r"[^\W_]")


def _css(match: re.Match[str]) -> str:
    number = int(match.group(1), 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"


def data_address(text: str) -> tuple[str, bytes] | None:
    """The media type and bytes of a data: address (RFC 2397); None if it is none."""
    match = DATA.match(text.lstrip())
    if match is None:
        return None
    head, body = match.group().lower(), text.lstrip()[match.end() :]
    raw = percent_bytes(body)
    if head.endswith(";base64,"):
        raw = _base64(raw)
    return head[5:-1].partition(";")[0] or "text/plain", raw


def _base64(raw: bytes) -> bytes:
    """Forgiving base64 (WHATWG Infra 5): anything but the alphabet is passed over."""
    import binascii  # pages without data addresses need none

    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw.replace(b"-", b"+").replace(b"_", b"/"))
    return binascii.a2b_base64(kept[: len(kept) - (len(kept) % 4 == 1)] + b"==")
