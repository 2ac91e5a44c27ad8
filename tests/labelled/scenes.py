"""The invented town of one document: its villages, addresses, organs, and the people by number."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.labelled.people import Person, Words, digits

_ROOT = Path(__file__).parent


@cache
def words(part: str) -> Words:
    """The words of all parts, and those that are this part's own."""
    found: dict[str, Any] = {}
    for path in (_ROOT / "words.toml", _ROOT / part / "words.toml"):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return {k: v.strip() if isinstance(v, str) else v for k, v in found.items()}


class Scene:
    """The town and the year of one document, and the people named in it by number."""

    def __init__(self, rng: Random, part: str) -> None:
        self.rng = rng
        self.words = words(part)
        self.year = rng.choice((2023, 2024, 2025))
        self.county = self.word("county")
        first = rng.sample(self.words["first"], 8)
        self.town = first[0] + rng.choice(("镇", "镇", "乡", "街道"))
        self.villages = [
            f + self.word("tail") + rng.choice(("村", "村", "村", "社区")) for f in first
        ]
        self.organ = f"{self.town}{'办事处' if self.town.endswith('街道') else '人民政府'}"
        self.area = self.words["area"][self.county[0]]
        self.persons: dict[str, Person] = {}
        self.kept: dict[str, str] = {}

    def word(self, kind: str) -> str:
        """Any word of a kind."""
        return str(self.rng.choice(self.words[kind]))

    def person(self, number: str, build: str) -> Person:
        """Person `number` of this document; without a number a new one."""
        if not number:
            return Person(self.rng, self.words, build)
        return self.persons.setdefault(number, Person(self.rng, self.words, build))

    def village(self) -> str:
        """Any village of the town."""
        return self.rng.choice(self.villages)

    def group(self) -> str:
        """A villagers' group, written in one of the usual ways."""
        number = self.rng.randrange(1, 11)
        han = "零一二三四五六七八九十"[number]
        return self.rng.choice((f"{number}组", f"{han}组", f"第{number}村民小组"))

    def address(self, variant: str) -> str:
        """Where somebody lives; `variant`: town, estate, short, full, team, bay, or
        any in a village."""
        number = self.rng.randrange(1, 160)
        home = f"{self.village()}{self.group()}"
        match variant:
            case "town":
                return self._in_a_street()
            case "estate":
                return self._in_an_estate()
            case "short":
                return home
            case "full":
                return f"{self.county}{self.town}{home}{number}号"
            case "team":
                team = self.rng.choice(
                    (f"{number % 9 + 1}社", f"第{number % 9 + 1}生产队", f"{number % 9 + 1}队")
                )
                return f"{self.village()}{team}{self.rng.choice(('', f'{number}号'))}"
            case "bay":
                return f"{home}{self.word('bay')}{self.rng.choice(('', f'{number}号'))}"
        return self.rng.choice(
            (
                f"{self.town}{home}",
                f"{home}{number}号",
                f"{self.county}{self.town}{home}",
                f"{self.town}{home}附{number}号",
            )
        )

    def _in_a_street(self) -> str:
        rng = self.rng
        block, unit = rng.randrange(1, 12), rng.randrange(1, 4)
        return (
            f"{self.county}{self.town}{self.word('road')}{self.word('road_kind')}"
            f"{rng.randrange(3, 288)}号{rng.choice(('', f'{block}幢', f'{block}栋{unit}单元'))}"
            f"{rng.randrange(1, 18)}-{rng.randrange(1, 5)}"
        )

    def _in_an_estate(self) -> str:
        rng = self.rng
        return (
            f"{rng.choice((self.town, self.county + self.town, ''))}{self.word('estate')}"
            f"{rng.choice(('A区', '', '二期'))}{rng.randrange(1, 20)}"
            f"{rng.choice(('栋', '号楼', '幢'))}{rng.randrange(1, 5)}单元"
            f"{rng.randrange(101, 1808)}{rng.choice(('室', '号', ''))}"
        )

    def landline(self, variant: str) -> str:
        """A fixed line of the town: bare, with its area code in brackets, or with a hyphen."""
        number = self.rng.choice("45678") + digits(self.rng, 7 if self.area == "023" else 6)
        return {"bare": number, "bracket": f"（{self.area}）{number}"}.get(
            variant, f"{self.area}-{number}"
        )

    def document_number(self) -> str:
        """A document's number (发文字号)."""
        body = self.county[:2] + self.word("document")
        return f"{body}〔{self.year}〕{self.rng.randrange(1, 190)}号"

    def office(self) -> str:
        """An office of the town or the county."""
        if self.rng.random() < 0.5:
            return self.town + self.word("town_office")
        return str(self.county) + self.word("county_office")
