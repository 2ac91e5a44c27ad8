"""Words and bytes of an RTF file where none belong: no program shows them, yet they travel."""

import re

from formats.carving import texts_in
from formats.reading import Part, Trouble, TroubleCode
from formats.rtf.frames import Capture
from formats.rtf.story import Teller
from formats.unsaid import Said
from formats.word.authors import says_more

_NO_HEX = re.compile(r"[^0-9A-Fa-f\s]")
_HEX_RUN = re.compile(r"[0-9A-Fa-f\s]{32,}")
HEX_PIECE = re.compile(rb"[0-9A-Fa-f\s]*")
# Writing, or a number as long as one of a telephone.
_TALKING = re.compile("[\u2e80-\U0003ffff]|[0-9]{7}")
_WRITING = re.compile("[\u2e80-\U0003ffff]")
# Destinations whose text is hexadecimal: a theme, other forms of a picture, signs of fonts.
HEXADECIMAL = frozenset(
    {
        *("themedata", "colorschememapping", "nonshppict", "blipuid", "panose", "passwordhash"),
        "fontemb",
    }
)
# A character stands for one sign of old programs, or for two.
_USUAL = 2
# Names of fonts, which every file holds.
_NAMES = frozenset({"falt", "fname"})
_ODD = (
    "文件里有 {} 处图片、对象或二进制数据损坏，或夹带别的文字，可能没有读全。"
    "请在 WPS 或 Word 中打开核对。"
)


class Strays:
    """Tells them. `broken`: in how many places the data of pictures and objects are."""

    def __init__(self, teller: Teller) -> None:
        self.broken = 0
        self._teller = teller
        self._skipped: list[tuple[str, str]] = []
        self._passed = bytearray()

    def data_of(self, capture: Capture) -> bytes:
        """The bytes of a picture or object, written in hexadecimal or as they are.

        Words in the hexadecimal text are told; what there is of it is given.
        """
        text = "".join(capture.text)
        odd = _NO_HEX.search(text) is not None
        if odd or (capture.data and text.strip()):
            self.broken += 1
            self._say(_HEX_RUN.sub(" ", _in_chinese(text)), "图片或对象的数据里夹带的文字")
        if capture.data:
            return bytes(capture.data)
        digits = "".join(_HEX_RUN.findall(text)) if odd else text
        digits = "".join(digits.split())
        return bytes.fromhex(digits[: len(digits) // 2 * 2])

    def binary(self, data: bytes) -> None:
        """\\bin where neither a picture nor an object is."""
        self.broken += 1
        for text in texts_in(data):
            self._say(text, "夹带的二进制数据里的文字")

    def skipped(self, word: str, text: str) -> None:
        """Text in a destination that holds numbers, names and switches."""
        if word in _NAMES:
            talks = says_more(text.strip())
        else:
            talks = (_WRITING if word in HEXADECIMAL else _TALKING).search(text) is not None
        if talks:
            self._skipped.append((word, text.strip()))

    def passed_over(self, data: bytes, signs: int) -> None:
        r"""Bytes for old programs behind a \u, as many as the file says: mostly one or two."""
        if signs > _USUAL:
            self._passed += data

    def finish(self) -> None:
        """Once all else is told: what of it stands nowhere else."""
        said = Said(tuple(self._teller.segments))
        for word, text in dict.fromkeys(self._skipped):
            if not said.has(text):
                self._say(text, f"程序不显示的内容（{word}）")
        self._say(self._passed.decode("gb18030", "replace").strip("?"), "新程序略过的文字")

    def troubles(self) -> list[Trouble]:
        """What keeps a person from trusting the reading."""
        return [Trouble(TroubleCode.DAMAGED, _ODD.format(self.broken))] if self.broken else []

    def _say(self, text: str, note: str) -> None:
        self._teller.say(Part.HIDDEN, text, note, visible=False)


def _in_chinese(text: str) -> str:
    """Bytes that were kept one a character, as the code page of China."""
    try:
        return text.encode("latin-1").decode("gb18030", "replace")
    except UnicodeEncodeError:
        return text
