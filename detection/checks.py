"""Arithmetic of numbers: what a check digit, a date or a length says. It raises certainty only.

A check digit never vetoes: most ID numbers that leak were typed by hand, and some of them wrong.
A check is called with the digits as they stand (separators included) and with `named`: whether
the text beside them says what they are. None means: this is not such a number.
"""

import re
from datetime import date
from operator import mul
from typing import NamedTuple, Protocol

REGIONS = frozenset(
    f"{code:02}"
    for low, high in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72))
    for code in range(low, high)
) | {"81", "82", "83", "91"}
"""GB/T 2260, first two digits; 83: residence permit for Taiwan residents, 91: old foreign form."""

_DOUBLED = {str(d): d * 2 - 9 * (d > 4) for d in range(10)}
_LINE_END = re.compile(r"[\n\x02]")
_LONGEST_CARD = 19
_WHOLE = 15
_LAST_YEAR = 2049
_MONTHS, _DAYS = 12, 31
_RECENT = "2015"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USUAL_GROUPS = frozenset(
    {(6, 8, 4), (3, 3, 4, 4, 4), (6, 4, 4, 4), (4, 4, 4, 4, 2), (6, 4, 2, 2, 4), (6, 12), (14, 4)}
    | {(6, 6, 6), (3, 3, 8, 4), (3, 3, 4, 2, 2, 4), (17, 1), (6, 8, 3, 1)}
    | {(6, 6, 3), (3, 3, 6, 3), (5, 5, 5), (1,) * 15, (1,) * 18}
)
_PHONE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (3, 3, 3, 2), (1,) * 11}
)


class Checked(NamedTuple):
    """The outcome: `valid` as the check digit says (None: there is none), `certainty` 0 to 1."""

    certainty: float
    valid: bool | None = None


class Check(Protocol):
    """A check: the number as it stands, and whether the text beside it names it."""

    def __call__(self, text: str, *, named: bool) -> Checked | None:
        """The outcome, None where this is not such a number."""


def compact(text: str) -> str:
    """Letters and digits only, upper case; ×, Cyrillic х and Х are the X of an ID number."""
    if text.isdigit():
        return text
    return re.sub(r"[^0-9A-Z]", "", text.upper().replace("×", "X").replace("Х", "X"))


def id_check_digit(number: str) -> bool:
    """GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits."""
    total = sum(map(mul, map(int, number[:17]), _ID_WEIGHTS))
    return _ID_CHECKS[total % 11] == number[17]


def credit_code(code: str) -> bool:
    """GB 32100-2015: the check character of an 18-character unified social credit code."""
    if len(code) != 18 or any(c not in _CODE_ALPHABET for c in code):
        return False
    total = sum(_CODE_ALPHABET.index(c) * w for c, w in zip(code, _CODE_WEIGHTS, strict=False))
    return _CODE_ALPHABET[(31 - total % 31) % 31] == code[17]


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: the check digit of a bank card."""
    doubled = sum(_DOUBLED[c] for c in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + doubled) % 10 == 0


def birth_date(digits: str) -> bool:
    """Eight digits that are a day on which a living or recorded person may be born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1880 <= born.year <= _LAST_YEAR


def _mistaken_id(number: str) -> bool:
    """Province, month and day are such as an ID number has, though no year has that day: 0230."""
    born = number[6:14]
    days = 1 <= int(born[4:6]) <= _MONTHS and 1 <= int(born[6:8]) <= _DAYS
    return number[:2] in REGIONS and born[:2] in {"19", "20"} and days


def plausible_id(number: str) -> bool:
    """Province and birth date are possible. 18 or 15 characters (the latter: a year 19xx)."""
    if number[:2] not in REGIONS:
        return False
    return birth_date(number[6:14] if len(number) == 18 else "19" + number[6:12])


def _groups(text: str) -> tuple[int, ...]:
    if text.isascii() and text.isalnum():
        return (len(text),)
    return tuple(len(g) for g in re.split(r"[^0-9A-Za-z×Хх]+", text) if g)


def id_number(text: str, *, named: bool) -> Checked | None:
    """Resident ID number, 18 or 15 digits, in any writing (GB 11643-1999)."""
    number = compact(text)
    if len(number) not in {15, 18} or not number[:17].isdigit():
        return Checked(0.6, valid=False) if named and 16 <= len(number) <= 19 else None
    groups = _groups(text)
    odd_writing = len(groups) > 1 and groups not in _USUAL_GROUPS
    if len(number) == 15:
        if plausible_id(number) and (named or not odd_writing):
            return Checked(0.9 if named else 0.5)
        return Checked(0.6, valid=False) if named else None
    valid = id_check_digit(number)
    if not plausible_id(number) and _mistaken_id(number):
        if named:
            return Checked(0.9, valid=False)
        return None if odd_writing or credit_code(number) else Checked(0.5, valid=False)
    if plausible_id(number):
        if valid:
            return Checked(0.99, valid=True)
        if named:
            return Checked(0.9, valid=False)
        if odd_writing or (number[2:4] in REGIONS and credit_code(number)):
            return None
        # Region, a recent date and a serial make up many a file number too.
        return Checked(0.5 if number[6:10] >= _RECENT else 0.8, valid=False)
    return Checked(0.6, valid=False) if named and not credit_code(number) else None


def disability_certificate(text: str, *, named: bool) -> Checked | None:
    """Certificate of disability: ID number, kind 1 to 7, degree 1 to 4, B + count if reissued."""
    number = compact(text)
    if len(number) < 20 or not number[:17].isdigit():
        return Checked(0.6, valid=False) if named else None
    if not plausible_id(number[:18]) or number[18] not in "1234567" or number[19] not in "1234":
        return Checked(0.6, valid=False) if named else None
    valid = id_check_digit(number[:18])
    if not (valid or named) and len(_groups(text)) > 1:
        return None
    return Checked(0.98 if valid else 0.85, valid=valid)


def phone(text: str, *, named: bool) -> Checked | None:
    """Mobile number; spaced writings other than the usual ones need a name beside them."""
    if _usual_phone(text):
        return Checked(0.98 if named else 0.95)
    if named:
        return Checked(0.8)
    # Wrapped in a narrow column: likely, but two columns that meet look the same.
    wrapped = _LINE_END.sub("", text)
    return Checked(0.5) if wrapped != text and _usual_phone(wrapped) else None


def _usual_phone(text: str) -> bool:
    groups = _groups(text)
    digits = compact(text)
    if len(digits) == 12 and digits[0] == "0":
        groups = (groups[0] - 1, *groups[1:])
    elif len(digits) > 11:
        groups = groups[1:] if groups[0] in {2, 4} else (11,)
    return groups in _PHONE_GROUPS


def bank_account(text: str, *, named: bool) -> Checked | None:
    """Card or account. Rural banks' accounts fail Luhn, so a name beside it is enough.

    A card has 19 digits at most (ISO/IEC 7812-1), so a check digit says nothing of more.
    """
    number = compact(text)
    valid = number.isdigit() and len(number) <= _LONGEST_CARD and luhn(number)
    lines = _LINE_END.split(text)
    if not valid and len(lines) > 1 and any(len(compact(line)) >= _WHOLE for line in lines):
        return None  # One line holds a whole number: the digits of the other are a neighbour's.
    if named:
        return Checked(0.95 if valid else 0.85, valid=valid)
    if len(number) == 18 and plausible_id(number):
        return None
    if valid and number.startswith("62") and len(number) in {16, 17, 18, 19}:
        return Checked(0.9, valid=True)
    if valid and number[0] in "345" and len(number) == 16:
        return Checked(0.5, valid=True)
    if number.startswith("62") and len(number) == 19:
        return Checked(0.5, valid=False)
    return None


def plate(text: str, *, named: bool) -> Checked | None:
    """Vehicle plate: the five or six signs after the letter hold at least two digits."""
    del named
    return Checked(0.9) if sum(c.isdigit() for c in text) > 1 else None


def few_hidden(text: str, *, named: bool) -> Checked | None:
    """A number of which so few digits are starred that its check digit tells them.

    Of an ID number (GB 11643-1999) three at most, or of the birth date the year or the day alone;
    of a telephone number two. Starred is what is no digit; its last character may be the check
    letter X.
    """
    del named
    hidden = sum(not c.isdigit() for c in text[:-1]) + (
        text[-1:] in {"*", "×"} or text[-2:] == "XX"
    )
    if len(text) == 18 and (text[:2] in REGIONS or text[0] == "*"):
        if hidden <= 3:
            return Checked(0.9)
        # Of a year a hundred are left, of a day 366; the check digit leaves a tenth of them.
        half = any(text[i : i + 4].strip("*×") == "" for i in (6, 10))
        return Checked(0.8) if half and hidden == 4 else None
    if len(text) == 11 and re.match("[1*][3-9*]", text):
        return Checked(0.8) if hidden <= 2 else None
    return None


CHECKS: dict[str, Check] = {
    "id_number": id_number,
    "disability_certificate": disability_certificate,
    "phone": phone,
    "bank_account": bank_account,
    "plate": plate,
    "few_hidden": few_hidden,
}
