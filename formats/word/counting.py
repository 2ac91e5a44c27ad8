"""How a count is written: the number formats of lists (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def written(number: int, style: str) -> str:
    """`number` (0 or more) in a w:numFmt; formats that are not known are written in digits."""
    make = _FORMATS.get(style)
    return str(number) if make is None else make(number)


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS) -> str:
    """`number` as it is said, up to 9999: 十一, 一百零二."""
    if number == 0 or number > 9999:
        return digits[0] if number == 0 else str(number)
    made, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(made)
            continue
        made += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = False
    if digits is _DIGITS and 10 <= number < 20:
        return made[1:]
    return made


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made


def _letters(number: int) -> str:
    """a to z, then aa, bb: Word repeats the letter."""
    if not 0 < number <= 780:
        return str(number)
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(first: int, most: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= most else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _digital(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    return chinese(number, _LEGAL, ("", "拾", "佰", "仟"))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "decimalFullWidth": lambda number: "".join(chr(0xFF10 + int(d)) for d in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(0xFF10 + int(d)) for d in str(number)),
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanDigital2"),
        chinese,
    ),
}  # fmt: skip
