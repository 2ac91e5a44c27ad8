"""Invented persons with numbers of valid form that cannot belong to anybody.

County code 500299 is not assigned, mobile numbers begin with the unassigned 154, cards with the
unissued 629999; check digits are right (GB 11643-1999; ISO/IEC 7812-1 for the cards).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import resources
from detection import checks

COUNTY = "500299"


@dataclass(frozen=True, slots=True)
class Person:
    """One villager. `card` is a 19-digit account, `disability` 20 digits: ID, class, degree."""

    name: str
    village: str
    group: int
    id_number: str
    phone: str
    card: str

    @property
    def disability(self) -> str:
        """残疾人证号: the ID number, then one digit for the class and one for the degree."""
        return f"{self.id_number}42"


def persons(count: int, seed: int) -> list[Person]:
    """`count` persons, the same for the same seed."""
    words = resources.table("sample/documents.toml")["people"]
    # Not for secrets: the sample must be the same on every machine.
    dice = random.Random(seed)  # noqa: S311
    made = []
    for _ in range(count):
        name = dice.choice(words["surnames"]) + dice.choice(words["given"])
        born = date(1945, 1, 1) + timedelta(days=dice.randrange(22_000))
        body = f"{COUNTY}{born:%Y%m%d}{dice.randrange(1000):03d}"
        card = f"629999{dice.randrange(10**12):012d}"
        made.append(
            Person(
                name=name,
                village=dice.choice(words["villages"]),
                group=dice.randrange(1, 9),
                id_number=_completed(body, "0123456789X", checks.id_check_digit),
                phone=f"154{dice.randrange(10**8):08d}",
                card=_completed(card, "0123456789", checks.luhn),
            )
        )
    return made


def _completed(body: str, digits: str, right: Callable[[str], bool]) -> str:
    """`body` with the check digit that makes it right."""
    return next(body + digit for digit in digits if right(body + digit))
