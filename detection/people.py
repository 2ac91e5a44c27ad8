"""Who is named in a whole reading, and which of them are private persons.

A name is weighed wherever it may stand (`naming`); here the places are put together. Who stands in
a row with others shares what is said before the first and after the last of them; a name that is
certain in one place is certain in all; who acts for an office in one place does so in all, unless
words as strong say that he is a private person.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detection.evidence import NONE, PAIRS, PUBLIC, WEIGHTS, Clue, Role
from detection.literals import Literals
from detection.naming import Mention, mentions
from detection.search import Signs
from detection.sheaf import Sheaf
from detection.tagger import Tagged
from detection.weights import certainty
from formats.reading import Part

_BETWEEN = re.compile(r"(?:户|家|[0-9][0-9.]{0,9}元){0,1}(?:(?:、|,|和|与|及|以及|同){1,2}| {1,4})")
_LONGEST_GAP = 12
_TWICE = 2


@dataclass(slots=True)
class Person:
    """One name: the sum at its best place, how often it may stand, what speaks for whom."""

    score: int
    places: int
    private: int
    official: int
    before: Clue
    after: Clue
    listed: bool = False
    column: bool = False
    read: bool = False
    likely: int = 0
    stands: int = 0
    """Of a name that begins with a common word, or was only read as one: at how many places it is
    likely one, and at how many it stands."""

    @property
    def is_private(self) -> bool:
        """Acts for no office, or is called a private person as clearly."""
        return self.private >= self.official

    @property
    def is_sure(self) -> bool:
        """A private person beyond doubt: a text that names one is likely to name others."""
        return self.is_private and self.score >= WEIGHTS["sure"]

    def named(self, company: int) -> bool:
        """Is this a name at all? `company`: how many are named beyond doubt in the same text."""
        if self.column or self.score >= WEIGHTS["sure"]:
            return True
        if self.likely * _TWICE < self.stands:
            return False  # A word that stands mostly where no name can is a word.
        less = min(company, WEIGHTS["companions"]) * WEIGHTS["company"]
        return self.score >= WEIGHTS["found"] - less

    @property
    def certainty(self) -> float:
        """0 to 1, by the sum."""
        return certainty(self.score)

    @property
    def because(self) -> str:
        """What spoke for it, a Chinese sentence without a word of the text."""
        seen = []
        if self.column:
            seen.append("表格的姓名列里有同一姓名")
        if self.before is not NONE:
            seen.append(f"前面写着“{self.before.says}”")
        if self.after is not NONE:
            seen.append(f"后面写着“{self.after.says}”")
        if self.listed:
            seen.append("与别的姓名并列")
        if self.places > 1:
            seen.append(f"全文出现{self.places}次")
        if not seen:
            seen.append("整句读来是人名" if self.read else "是常见的姓和名用字")
        return "依据：" + "，".join(seen) + "。"


Member = str | None
"""A document of its own within the file: a member of an archive; None for the file itself."""


class People:
    """The names of one reading, gathered sheaf by sheaf, apart for each member of an archive."""

    def __init__(self) -> None:
        self._all: dict[tuple[Member, str], Person] = {}

    def read(self, sheaf: Sheaf, signs: Signs, tagged: Sequence[Tagged] = ()) -> None:
        """Weigh every place of a sheaf where a name may stand; `tagged`: what was read as one."""
        words = dict[str, Person]()
        for row in _rows(sheaf.text, signs, tagged):
            place = sheaf.segments[sheaf.index(row[0].start)].place
            # Who saved the file goes with every clean copy, and a rule of its own says so.
            if place.part is not Part.PROPERTY:
                for one in row:
                    person = self._take(one, row, place.member)
                    if one.read or one.text[:2] in PAIRS:
                        words[one.text] = person
        if words:
            names = list(words)
            for number, starts in Literals(names).find(sheaf.text).items():
                words[names[number]].stands += len(starts)

    def _take(self, one: Mention, row: Sequence[Mention], member: Member) -> Person:
        score = one.score
        if len(row) > 1:
            score += WEIGHTS["joined"]
            if max(other.score for other in row) >= WEIGHTS["found"]:
                score += WEIGHTS["backed"]
        private, official = one.speaks(Role.PRIVATE), one.speaks(Role.OFFICIAL)
        for clue in (row[0].before, row[-1].after):
            private = max(private, clue.weight if clue.role is Role.PRIVATE else 0)
            official = max(official, clue.weight if clue.role is Role.OFFICIAL else 0)
        known = self._all.get((member, one.text))
        if known is None:
            known = self._all[member, one.text] = Person(
                score, 1, private, official, one.before, one.after, len(row) > 1, read=one.read
            )
            known.likely = int(score >= WEIGHTS["found"])
            return known
        known.places += 1
        known.likely += score >= WEIGHTS["found"]
        known.private = max(known.private, private)
        known.official = max(known.official, official)
        if score > known.score:
            known.score, known.listed, known.read = score, len(row) > 1, one.read
            known.before, known.after = one.before, one.after
        return known

    def add(self, member: Member, name: str) -> None:
        """A name (normalised) that stands in a table's column of names."""
        if name not in PUBLIC:
            person = self._all.setdefault((member, name), Person(0, 0, 0, 0, NONE, NONE))
            person.column, person.private = True, max(person.private, WEIGHTS["column"])

    def named(self) -> dict[tuple[Member, str], Person]:
        """Everybody who is named, officials too; empty where no one is a private person."""
        company = Counter(member for (member, _), one in self._all.items() if one.is_sure)
        found = {key: one for key, one in self._all.items() if one.named(company.get(key[0], 0))}
        return found if any(one.is_private for one in found.values()) else {}


def _rows(text: str, signs: Signs, tagged: Sequence[Tagged]) -> Iterator[list[Mention]]:
    """The mentions, those that stand in a row together."""
    row: list[Mention] = []
    for one in mentions(text, signs, tagged):
        if row:
            gap = one.start - row[-1].end
            if gap > _LONGEST_GAP or not _BETWEEN.fullmatch(text, row[-1].end, one.start):
                yield row
                row = []
        row.append(one)
    if row:
        yield row
