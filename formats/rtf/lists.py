"""What the lists of an RTF file put before their numbers (RTF 1.9.1, "List Tables")."""

import re

from formats.reading import Part
from formats.rtf.story import Teller

_HOLDER = re.compile("[\0-\x08]")
_NUMBER = "[0-9A-Za-z一二三四五六七八九十百千万零〇壹贰叁肆伍陆柒捌玖拾]{0,12}"
# Words of which an ordinary list is made tell nothing of what they number.
_ORDINARY = re.compile(r"[第章条节款项篇部分表图附件\W_A-Za-z\uf000-\uf0ff]*")


class Lists:
    """The levels of all lists, each as the pattern of what it prints."""

    def __init__(self) -> None:
        self._levels: dict[str, re.Pattern[str]] = {}
        self._used: set[str] = set()

    def declare(self, text: str) -> None:
        """The table as text: a level's length as one character, its words with a holder (0 to 8)
        for each level's number, and a semicolon."""
        for level in text.split(";"):
            words = level.strip("\r\n ")[1:]
            if _HOLDER.sub("", words).strip():
                pieces = (re.escape(piece) for piece in _HOLDER.split(words))
                self._levels[words] = re.compile(_NUMBER.join(pieces))

    def number(self, text: str) -> bool:
        """Whether a list of the file prints this before a paragraph."""
        found = [words for words, printed in self._levels.items() if printed.fullmatch(text)]
        self._used.update(found)
        return bool(found)

    def tell(self, teller: Teller) -> None:
        """What no paragraph is numbered with, and nobody sees."""
        for words in self._levels:
            if words not in self._used:
                said = _HOLDER.sub("", words)
                if not _ORDINARY.fullmatch(said):
                    teller.say(Part.HIDDEN, said, "没有用到的列表里的文字", visible=False)
