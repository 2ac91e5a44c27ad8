"""Invented persons with numbers of valid form that cannot belong to anybody.

County code 500299 is not assigned, mobile numbers begin with the unassigned 154, cards with the
unissued 629999; check digits are right (GB 11643-1999; ISO/IEC 7812-1 for the cards).
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import resources

COUNTY = "500299"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


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
                id_number=body + _id_check(body),
                phone=f"154{dice.randrange(10**8):08d}",
                card=card + _luhn(card),
            )
        )
    return made


def _id_check(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def _luhn(body: str) -> str:
    digits = [int(d) for d in reversed(body)]
    total = sum(d if i % 2 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(digits))
    return str(-total % 10)
