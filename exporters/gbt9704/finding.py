"""What one check says."""

from collections.abc import Iterable
from dataclasses import dataclass

from exporters.gbt9704.layout import Paragraph


@dataclass(frozen=True, slots=True)
class Verdict:
    """`holds` is None where it cannot be told; `soft` keeps a required rule at a warning."""

    id: str
    holds: bool | None
    found: str
    place: str = ""
    soft: bool = False


def passed(id_: str, found: str, place: str = "") -> Verdict:
    """The rule holds."""
    return Verdict(id_, holds=True, found=found, place=place)


def failed(id_: str, found: str, place: str = "", *, soft: bool = False) -> Verdict:
    """The rule does not hold."""
    return Verdict(id_, holds=False, found=found, place=place, soft=soft)


def untold(id_: str, found: str, place: str = "") -> Verdict:
    """The file alone does not tell."""
    return Verdict(id_, holds=None, found=found, place=place)


def judged(id_: str, fault: str, place: str = "", *, good: str = "符合") -> Verdict:
    """Holds when there is no fault."""
    return failed(id_, fault, place) if fault else passed(id_, good, place)


def places(paragraphs: Iterable[Paragraph]) -> str:
    """第2、5、9段等7处."""
    numbers = [str(p.number) for p in paragraphs]
    text = f"第{'、'.join(numbers[:3])}段"
    return text + (f"等{len(numbers)}处" if len(numbers) > 3 else "")
