"""A number as its cell shows it: the number formats of ECMA-376-1, 18.8.30 and 18.8.31.

Dates come out as 2026-03-05 whatever the format shows: the file holds the whole date.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

# 18.8.30: the formats with a fixed number. 27-36 and 50-58 are dates in Chinese Excel.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "General",
    13: "General",
    14: "yyyy-m-d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-m-d h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "0.0E+0",
    49: "@",
} | dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-m-d")
BUILT_IN |= dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss")

# Excel keeps 15 significant digits (IEEE 754 doubles hold 15.95): an ID number of 18 has lost some,
# one of 15 has not.
FIRST_KEPT, FIRST_UNSURE = 1e14, 1e15
KEPT, UNSURE = "以数字保存", "以数字保存，末几位可能已丢失"
# A number written with this many signs or fewer is none of these.
LONG = 9
# A string rendered from one number; "" where the format shows nothing.
Render = Callable[[str], str]

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<clock>AM/PM|A/P|上午/下午)|(?P<general>General|G/通用格式)|(?P<exponent>[eE][+-])"
    r"|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")
_ELAPSED = re.compile(r"[hms]+$", re.IGNORECASE)
# 18.8.31: a format may name one of eight colours; Chinese programs write them in Chinese.
_WHITE = frozenset({"white", "白色", "color2", "颜色2", "color 2", "颜色 2"})
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet's dates have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_DATE_SIGNS = frozenset("ymdhsegYMDHSEG")


class Section:
    """One `;` part of a format, taken apart."""

    def __init__(self, code: str) -> None:
        self.condition: tuple[str, Decimal] | None = None
        self.pieces: list[tuple[str, str]] = []
        self.white = False
        for match in _TOKEN.finditer(code):
            kind = match.lastgroup
            if kind is None:
                continue
            text = match.group(kind)
            if kind == "bracket":
                self._bracket(text)
            elif kind in {"quoted", "escaped"}:
                self.pieces.append(("literal", text))
            else:
                self.pieces.append((kind, text))
        self.general = any(k == "general" for k, _ in self.pieces)
        self.is_date = not self.general and any(
            k == "clock" or (k == "sign" and t in _DATE_SIGNS) or k == "elapsed"
            for k, t in self.pieces
        )
        self.empty = not self.pieces
        self.shows_text = any(k == "sign" and t == "@" for k, t in self.pieces)

    def _bracket(self, text: str) -> None:
        condition = _CONDITION.match(text)
        if condition:
            try:
                self.condition = (condition[1], Decimal(condition[2]))
            except InvalidOperation:
                self.condition = None
        elif text.casefold() in _WHITE:
            self.white = True
        elif _ELAPSED.match(text):
            self.pieces.append(("elapsed", text))
        elif text.startswith("$"):
            self.pieces.append(("literal", text[1:].rpartition("-")[0] or text[1:].rstrip("-")))

    def render(self, number: Decimal, epoch_1904: bool) -> str:
        """The text of one number that this section is for."""
        if self.is_date:
            return date_text(number, self.pieces, epoch_1904)
        if self.general or not any(k == "sign" and t in "0#?" for k, t in self.pieces):
            shown = plain(number)
            return "".join(
                shown if k == "general" or t == "@" else t
                for k, t in self.pieces
                if k != "exponent"
            )
        return self._digits(number)

    def _digits(self, number: Decimal) -> str:
        signs = [(k, t) for k, t in self.pieces]
        percent = sum(t.count("%") for k, t in signs if k == "sign")
        number = abs(number) * (Decimal(100) ** percent)
        places = [i for i, (k, t) in enumerate(signs) if k == "sign" and t in "0#?"]
        first, last = places[0], places[-1]
        if any(k == "exponent" for k, _ in signs):
            return f"{number:.2E}"
        if any(k == "sign" and t == "/" for k, t in signs[first:last]):
            return plain(number)
        point = next((i for i in range(len(signs)) if signs[i] == ("sign", ".")), None)
        after = [i for i in places if point is not None and i > point]
        before = [i for i in places if point is None or i < point]
        commas = [i for i, piece in enumerate(signs) if piece == ("sign", ",")]
        grouped = any(first < i < (before[-1] if before else first) for i in commas)
        thousands = sum(1 for i in commas if before and i > before[-1])
        number = round(number / (Decimal(1000) ** thousands), len(after))
        whole, _, part = f"{number:.{len(after)}f}".partition(".")
        while part and signs[after[len(part) - 1]][1] != "0" and part[-1] == "0":
            part = part[:-1]
        digits = whole.zfill(sum(1 for i in before if signs[i][1] == "0"))
        if digits == "0" and before and all(signs[i][1] != "0" for i in before):
            digits = ""
        if grouped:
            digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", digits)
            return self._around(signs, first, last, digits, part)
        return self._filled(signs, before, after, digits, part)

    @staticmethod
    def _around(signs: list[tuple[str, str]], first: int, last: int, digits: str, part: str) -> str:
        head = "".join(t for _, t in signs[:first])
        tail = "".join(t for _, t in signs[last + 1 :] if t != ",")
        return head + digits + ("." + part if part else "") + tail

    @staticmethod
    def _filled(
        signs: list[tuple[str, str]],
        before: list[int],
        after: list[int],
        digits: str,
        part: str,
    ) -> str:
        """Digits dealt to their places from the right, so that 000-0000 keeps its hyphen."""
        dealt: dict[int, str] = {}
        for place in reversed(before[1:]):
            dealt[place], digits = digits[-1:], digits[:-1]
        if before:
            dealt[before[0]] = digits
        for place, digit in zip(after, part.ljust(len(after)), strict=True):
            dealt[place] = digit.strip()
        out = []
        for index, (kind, text) in enumerate(signs):
            if index in dealt:
                out.append(dealt[index])
            elif (kind == "sign" and text == ",") or (
                kind == "sign" and text == "." and after and not part
            ):
                continue
            else:
                out.append(text)
        return "".join(out)


def plain(number: Decimal) -> str:
    """A number without a format: integers without a point, 15 significant digits."""
    if number == (whole := number.to_integral_value()):
        return f"{whole:f}"
    return f"{Decimal(f'{number:.15g}').normalize():f}"


def date_text(number: Decimal, pieces: list[tuple[str, str]], epoch_1904: bool) -> str:
    """A day count as 2026-03-05, with 14:30 or 14:30:05 where it has a time."""
    letters = "".join(t.lower() for k, t in pieces if k in {"sign", "elapsed"} and t.isalpha())
    if any(k == "elapsed" for k, _ in pieces):
        seconds = round(number * 86400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    try:
        days = number + (1 if not epoch_1904 and 0 < number < 60 else 0)
        moment = (_EPOCH_1904 if epoch_1904 else _EPOCH) + timedelta(
            seconds=float(round(days * 86400))
        )
    except (OverflowError, ValueError):
        return plain(number)
    whole = number == number.to_integral_value()
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    if not set(letters) & set("ydeg") and ("h" in letters or "s" in letters):
        return clock
    day = moment.strftime("%Y-%m-%d")
    return day if whole else f"{day} {clock}"


def sections(code: str) -> list[Section]:
    """The `;` parts, quoted and bracketed text respected."""
    parts: list[str] = []
    current: list[str] = []
    for match in _TOKEN.finditer(code):
        if match.group(0) == ";":
            parts.append("".join(current))
            current = []
        else:
            current.append(match.group(0))
    parts.append("".join(current))
    return [Section(part) for part in parts[:4]]


def hides_text(code: str) -> bool:
    """Whether the format shows nothing for a text: a fourth section that is empty (`;;;`)."""
    parts = sections(code)
    return len(parts) == 4 and parts[3].empty


@cache
def renderer(code: str, epoch_1904: bool, *, on_white: bool = False) -> Render:
    """The function that shows numbers in this format; what is no number comes back as it is.

    `on_white`: the cell's ground is white, so that a format in white letters shows nothing.
    """
    if code in {"General", "@", "", "G/通用格式"}:
        return _general
    parts = sections(code)

    # A column has the same day or amount many times.
    @lru_cache(maxsize=4096)
    def render(raw: str) -> str:
        try:
            number = Decimal(raw)
            if not number.is_finite() or abs(number.adjusted()) > 308:
                return raw
            section, signed = _pick(parts, number)
            if section.empty or (on_white and section.white):
                return ""
            text = section.render(number, epoch_1904)
        except (InvalidOperation, ValueError, OverflowError):
            return raw
        return f"-{text}" if signed and not section.is_date and not section.general else text

    return render


def doubt(value: str) -> str:
    """What to say of a stored number that is as long as an ID number; empty for others."""
    if len(value) < 15 and "E" not in value and "e" not in value:
        return ""
    try:
        size = abs(float(value))
    except ValueError:
        return ""
    return UNSURE if size >= FIRST_UNSURE else KEPT if size >= FIRST_KEPT else ""


def _general(raw: str) -> str:
    if raw.isdecimal():
        return raw
    try:
        size = float(raw)
        # Outside 1e-4 to 1e15 digits would be lost or an exponent shown.
        if -FIRST_UNSURE < size < FIRST_UNSURE and "e" not in (shown := f"{size:.15g}"):
            return shown
        number = Decimal(raw)
        return plain(number) if number.is_finite() and abs(number.adjusted()) <= 308 else raw
    except (InvalidOperation, ValueError):
        return raw


def _pick(parts: list[Section], number: Decimal) -> tuple[Section, bool]:
    """The section for a number, and whether a minus sign goes before its text."""
    for part in parts[:3]:
        if part.condition and _meets(number, *part.condition):
            return part, number < 0
    if any(part.condition for part in parts[:2]):
        return parts[min(len(parts), 3) - 1], number < 0
    numeric = [p for p in parts[:3] if not p.shows_text] or parts[:1]
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], number < 0


def _meets(number: Decimal, operator: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }[operator]
