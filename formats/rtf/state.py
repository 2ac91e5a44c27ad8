"""What holds inside one RTF group, and the tables of fonts, colours and authors it points at."""

from datetime import datetime
from typing import NamedTuple

from formats.reading import Part

# \fcharsetN to the code page of a font's bytes (RTF 1.9.1, "Font Table").
_CHARSETS = {
    134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 130: "johab", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 0: "cp1252", 77: "mac_roman", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949",
          65001: "utf-8", 10000: "mac_roman", 1361: "johab"}  # fmt: skip
_SINGLE = frozenset(
    {*range(1250, 1259), 437, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 869, 874}
)
_TINY = 2  # half-points: one point cannot be read on paper
_NARROW = 5  # percent of a letter's width
_ALIKE = 16


def code_page(number: int) -> str | None:
    """Python's name for a Windows code page; None for one no text is written in."""
    return _PAGES.get(number) or (f"cp{number}" if number in _SINGLE else None)


def charset(number: int) -> str | None:
    """Python's name for a font's character set; None for "the file's own" and symbols."""
    return _CHARSETS.get(number)


class State(NamedTuple):
    """The formatting of one group. A NamedTuple: each `{` hands it down unchanged."""

    target: str = "body"
    part: Part | None = Part.BODY
    star: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    author: int = 0
    moment: int = 0
    size: int = 24
    ink: int = 0
    painted: bool = False
    ground: int = 0
    width: int = 100
    font: int = -1
    wide_font: int = -1
    wide: bool = False
    uc: int = 1
    quiet: bool = False

    @property
    def plain(self) -> "State":
        """After \\plain: the character formatting is the default's again."""
        return self._replace(
            hidden=False,
            deleted=False,
            inserted=False,
            size=24,
            ink=0,
            painted=False,
            ground=0,
            width=100,
        )


class Tables:
    """What the header declares."""

    def __init__(self) -> None:
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.chinese = False
        self.default_font = -1
        self.colours: list[tuple[int, int, int] | None] = []
        self.authors: list[str] = []

    def encoding(self, state: State) -> str:
        """The code page of bytes written in this state."""
        font = state.wide_font if state.wide and state.wide_font >= 0 else state.font
        if font < 0:
            font = self.default_font
        return self.fonts.get(font, self.page)

    def text(self, data: bytes, state: State) -> str:
        """Bytes of text in this state. Chinese bytes under a western font are a common slip."""
        encoding = self.encoding(state)
        if data.isascii():
            return data.decode("ascii")
        if self.chinese and encoding.startswith(("cp125", "mac")):
            try:
                return data.decode("gb18030")
            except UnicodeDecodeError:
                pass
        return data.decode(encoding, "replace")

    def is_white(self, ink: int) -> bool:
        """Whether the colour of this number cannot be told from paper."""
        colour = self.colours[ink] if 0 <= ink < len(self.colours) else None
        return colour is not None and min(colour) >= 240

    def is_alike(self, ink: int, ground: int) -> bool:
        """Whether letters of one colour cannot be told from a ground of another."""
        if not (0 <= ink < len(self.colours) and 0 < ground < len(self.colours)):
            return False
        one, other = self.colours[ink], self.colours[ground]
        if one is None or other is None:
            return False
        return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))

    def who(self, author: int, moment: int) -> str:
        """A revision's author and time in words."""
        name = self.authors[author] if 0 <= author < len(self.authors) else ""
        return "，".join(word for word in (name.strip(), dttm(moment)) if word)

    def unseen(self, state: State) -> str:
        """Why text of this state is not seen on paper; empty if it is."""
        if state.hidden:
            return "隐藏文字"
        if state.size <= _TINY or state.width <= _NARROW:
            return "字号过小"
        if state.painted:
            return "文字与底色同色" if self.is_alike(state.ink, state.ground) else ""
        if self.is_white(state.ink):
            return "文字与底色同色"
        return ""


def dttm(value: int) -> str:
    """A DTTM ([MS-DOC] 2.9.75) as text; empty if it is none."""
    value &= 0xFFFFFFFF
    year, month, day = 1900 + (value >> 20 & 0x1FF), value >> 16 & 15, value >> 11 & 31
    try:
        moment = datetime(year, month, day, value >> 6 & 31, value & 63)  # noqa: DTZ001 - no zone
    except ValueError:
        return ""
    return f"{moment:%Y-%m-%d %H:%M}"
