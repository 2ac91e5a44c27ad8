"""Invented people: names of every build, and numbers of valid form."""

from collections.abc import Mapping
from random import Random
from typing import Any

Words = Mapping[str, Any]
"""Lists of words and strings of characters by kind (`words.toml`)."""

_PROVINCES = ("36", "42", "43", "50", "51", "52", "53")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def digits(rng: Random, count: int) -> str:
    """Digits, the first no zero."""
    return str(rng.randrange(1, 10)) + "".join(str(rng.randrange(10)) for _ in range(count - 1))


def given(rng: Random, words: Words) -> str:
    """A given name of one or two characters."""
    last = rng.choice(words["last"])
    return last if rng.random() < 0.25 else rng.choice(words["middle"]) + last


def full_name(rng: Random, words: Words, build: str = "") -> str:
    """A name; `build`: rare or double surname, foreign (with ·), odd, short (spaced) or
    long."""
    match build:
        case "rare" | "double":
            return rng.choice(words[build]) + given(rng, words)
        case "foreign":
            return rng.choice(words["foreign"])
        case "odd":
            return (
                rng.choice(words["common"]) + rng.choice(words["middle"]) + rng.choice(words["odd"])
            )
        case "short" | "spaced":
            return rng.choice(words["common"]) + rng.choice(words["last"])
        case "long":
            return (
                rng.choice(words["common"])
                + rng.choice(words["middle"])
                + rng.choice(words["last"])
            )
    which = rng.random()
    if which < 0.11:
        return full_name(rng, words, "rare" if which < 0.08 else "double")
    return rng.choice(words["common"]) + given(rng, words)


def id_check(body: str) -> str:
    """The last character of an ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(c) * w for c, w in zip(body, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def credit_code(rng: Random) -> str:
    """A unified social credit code with a right check character (GB 32100-2015)."""
    body = rng.choice(("91", "92", "93", "11", "12", "52", "54")) + rng.choice(_PROVINCES)
    body += digits(rng, 4) + "".join(rng.choice(_CREDIT) for _ in range(9))
    total = sum(_CREDIT.index(c) * w for c, w in zip(body, _CREDIT_WEIGHTS, strict=True))
    return body + _CREDIT[(31 - total % 31) % 31]


def card(rng: Random, length: int = 19) -> str:
    """A bank card's number that passes Luhn (ISO/IEC 7812-1)."""
    body = "62" + digits(rng, length - 3)
    total = 0
    for place, c in enumerate(reversed(body)):
        value = int(c) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


class Person:
    """One invented person; what is asked twice is answered the same."""

    def __init__(self, rng: Random, words: Words, build: str = "") -> None:
        self.name = full_name(rng, words, build)
        self.year = rng.randrange(2009, 2019) if build == "young" else rng.randrange(1938, 2006)
        self.month, self.day = rng.randrange(1, 13), rng.randrange(1, 29)
        region = rng.choice(_PROVINCES) + f"{rng.randrange(1, 30):02}{rng.randrange(21, 40):02}"
        body = f"{region}{self.year}{self.month:02}{self.day:02}{rng.randrange(1000):03}"
        self.id = body + id_check(body)
        self.old_id = body[:6] + body[8:]
        self.sex = "男" if int(body[16]) % 2 else "女"
        second = rng.choice("3456789")
        self.phone = "1" + second + digits(rng, 9)

    @property
    def wrong_id(self) -> str:
        """The ID number with a wrong last digit, as typed by hand."""
        return self.id[:17] + ("0" if self.id[17] != "0" else "1")
