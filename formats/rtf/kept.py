"""What RTF says in pieces: the information group, authors, colours, comments, shape properties."""

import re

from formats.carving import telling
from formats.reading import Part
from formats.rtf.lists import Lists
from formats.rtf.state import Tables, dttm
from formats.rtf.story import Teller
from formats.rtf.words import SHAPE_WORDS, TIMES, Destination
from formats.showing_codes import SHOWN, shown_by
from formats.word.authors import says_more
from formats.word.drawn import BOOKMARKS

# Codes that count pages or tell the time; nobody wrote anything into them.
_IDLE_FIELD = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES|DATE|TIME|TOC|PAGEREF|SEQ|FORMTEXT|FORMCHECKBOX|"
    r"FORMDROPDOWN|SHAPE)\b"
)
_TALKING = re.compile("[\u2e80-\U0003ffff]|[0-9]{5,}")
_STANDING = re.compile(r"_Toc\d+|[年月日时分秒]")
_LINK = re.compile(r"\s*HYPERLINK\s+(.*)", re.DOTALL | re.IGNORECASE)
_HEX = re.compile(r"[0-9a-fA-F\s]{16,}")
_WORDS = re.compile(r"[^\W_]")
# What office programs write into the custom properties of every file.
_PROGRAMS = frozenset({"AppVersion", "KSOProductBuildVer", "ICV", "KSOTemplateUUID"})
# Names of properties, which their values are told with.
_NAMES = ("propname", "sn")
_CLOCK = ("yr", "mo", "dy", "hr", "min")


class Kept:
    """Holds what was said until what belongs to it is known."""

    def __init__(self, teller: Teller, tables: Tables) -> None:
        self.teller = teller
        self.tables = tables
        self.said: dict[str, str] = {}
        self.lists = Lists()
        self.font = 0
        self._clock: dict[str, int] = {}
        self._colour: dict[str, int] = {}

    def tell(self, word: str, to: Destination, text: str) -> None:
        """A destination that is a segment of its own."""
        text = text.strip()
        part, note = to.part, to.note
        if word == "fldinst" and (shown := shown_by(text)):
            self.teller.say(part, shown, SHOWN)
            return
        if word == "fldinst":
            if _IDLE_FIELD.match(text) and not _TALKING.search(_STANDING.sub("", text)):
                return
            link = _LINK.fullmatch(text)
            if link is not None:
                part, text, note = Part.LINK, link.group(1).strip(), "链接"
        if word == "bkmkstart" and BOOKMARKS.fullmatch(text) and not telling(text):
            return
        idle = _HEX.fullmatch(text) is not None or not _WORDS.search(text)
        if part is Part.HIDDEN and idle and not telling(text):
            return
        self.teller.say(part, text.strip(";"), note, visible=False)

    def keep(self, word: str, text: str) -> None:
        """A destination whose text something else asks for."""
        text = text.strip()
        if word == "revtbl":
            self.tables.authors = [name.strip() for name in text.split(";")]
            for name in self.tables.authors:
                if name and name != "Unknown":
                    self.teller.say(Part.PROPERTY, name, "修订者", visible=False)
        elif word == "staticval":
            name = self.said.pop("propname", "") or "自定义属性"
            if name not in _PROGRAMS:
                self.teller.say(Part.PROPERTY, text, name, visible=False)
        elif word == "sv":
            self._shape(text)
        elif word == "atnauthor":
            self._name_author(text)
        elif word in ("htmltag", "fonttbl"):
            if says_more(text):
                self.teller.say(Part.HIDDEN, text, f"程序不显示的内容（{word}）", visible=False)
        elif word == "listtable":
            self.lists.declare(text)
        elif word == "stylesheet":
            names = [name.strip() for name in text.split(";")]
            self.teller.say(
                Part.PROPERTY, "\n".join(filter(says_more, names)), "样式的名称", visible=False
            )
        elif word in TIMES:
            self._time(TIMES[word])
        else:
            self.said[word] = text

    def comment(self) -> str:
        """Whose comment begins. Its date stands inside it, so the author is all that is known."""
        return self.said.pop("atnauthor", "")

    def finish(self) -> None:
        """What nothing asked for."""
        self._name_author("")
        for word in _NAMES:
            if telling(text := self.said.get(word, "")):
                self.teller.say(Part.HIDDEN, text, f"程序不显示的内容（{word}）", visible=False)
        self.lists.tell(self.teller)

    def _name_author(self, name: str) -> None:
        """Whose the next comment is; an author before him without a comment is told."""
        left = self.said.pop("atnauthor", "")
        self.teller.say(Part.PROPERTY, left, "批注作者", visible=False)
        if name:
            self.said["atnauthor"] = name

    def colour(self, text: str) -> None:
        """Text of the colour table: a semicolon ends an entry, and nothing else belongs there."""
        if said := text.replace(";", " ").strip():
            self.teller.say(Part.HIDDEN, said, "颜色表里夹带的文字", visible=False)
        for _ in range(text.count(";")):
            if len(self.tables.colours) > 4096:
                return
            made = self._colour
            full = (made.get("red", 0), made.get("green", 0), made.get("blue", 0))
            self.tables.colours.append(full if made else None)
            self._colour = {}

    def number(self, word: str, number: int | None) -> None:
        """Parts of a colour and of a date."""
        if number is not None:
            if word in ("red", "green", "blue"):
                self._colour[word] = number
            elif word in _CLOCK:
                self._clock[word] = number

    def _shape(self, text: str) -> None:
        name = self.said.pop("sn", "")
        if name in SHAPE_WORDS:
            part, note, visible = SHAPE_WORDS[name]
            self.teller.say(part, text, note, visible=visible)
        elif not text.isascii() or telling(text):
            self.teller.say(Part.HIDDEN, text, f"图形的数据（{name}）", visible=False)

    def _time(self, note: str) -> None:
        said, self._clock = self._clock, {}
        if said.get("yr"):
            year, month, day, hour, minute = (said.get(word, 0) for word in _CLOCK)
            text = f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}"
            self.teller.say(Part.PROPERTY, text, note, visible=False)


def comment_date(text: str) -> str:
    """\\*\\atndate's number as a time."""
    text = text.strip()
    return dttm(int(text)) if re.fullmatch(r"-?\d{1,10}", text) else ""
