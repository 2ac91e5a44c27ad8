"""`layout check`: a .docx against the facts of GB/T 9704-2012.

Only a required rule fails; usual, recommended and derived ones warn. What only a rendered page can
tell is "not-checked", never "pass".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exporters.gbt9704 import check_page, check_text
from exporters.gbt9704.classify import classify
from exporters.gbt9704.finding import Verdict
from exporters.gbt9704.formatting import read
from exporters.gbt9704.measures import Fact, facts


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the answer; the keys are the contract of the command line."""

    fact: Fact
    result: str
    found: str
    place: str

    def row(self) -> dict[str, str]:
        """As JSON."""
        return {
            "id": self.fact.id,
            "strength": self.fact.strength,
            "result": self.result,
            "expected": self.fact.expected,
            "found": self.found,
            "place": self.place,
            "subject": self.fact.subject,
            "clause": self.fact.clause,
        }


def check(path: Path) -> list[dict[str, str]]:
    """Every fact at least once, in the order of the standard. Raises Unreadable."""
    layout = read(path)
    elements = classify(layout.paragraphs)
    verdicts = [*check_page.check(layout), *check_text.check(layout, elements)]
    return [result.row() for result in _results(verdicts)]


def _results(verdicts: Iterable[Verdict]) -> Iterator[Result]:
    by_id: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_id.setdefault(verdict.id, []).append(verdict)
    for fact in facts().values():
        told = by_id.get(fact.id)
        if not told:
            found = "须排版后在纸面上核对" if fact.rendered else "文中没有这一要素"
            yield Result(fact, "not-checked", found, "")
            continue
        for verdict in told:
            yield Result(fact, _word(verdict, fact), verdict.found, verdict.place)


def _word(verdict: Verdict, fact: Fact) -> str:
    if verdict.holds is None:
        return "not-checked"
    if verdict.holds:
        return "pass"
    return "fail" if fact.strength == "R" and not verdict.soft else "warn"
