"""Which of several findings over the same characters stand."""

from bisect import bisect_right
from collections.abc import Sequence

from detection.dwellings import DWELLING
from detection.fact_sight import KINDS
from detection.finding import Family, Finding
from detection.judge import Hit
from detection.linking import PERSON

_YIELDS = frozenset((PERSON, *KINDS.values())) - {DWELLING}


def settle(hits: Sequence[Hit]) -> list[tuple[int, Finding]]:
    """Within a family the more severe, the one with a right check digit, the longer stands.

    Last, the more certain. A check digit comes before length: a number and the serial number
    beside it are longer than the number, but only the number adds up. And a plate number within
    what looks like a home is one.

    Findings of different families may lie over each other: a mobile number in a draft is both.
    """
    groups: dict[tuple[int, Family], list[Finding]] = {}
    for hit in hits:
        groups.setdefault((hit.at, hit.finding.family), []).append(hit.finding)
    kept: list[tuple[int, Finding]] = []
    for (index, _), findings in groups.items():
        if len(findings) == 1:
            kept.append((index, findings[0]))
        else:
            kept.extend((index, finding) for finding in _stand(findings))
    return kept


def _outside_homes(findings: Sequence[Finding]) -> list[Finding]:
    """Without the names and facts that lie within a home: 柏树林 is no person in 4组柏树林老屋, and
    nobody is unmarried for living at 单身楼507."""
    reach, ends = 0, list[int]()
    homes = sorted(f.span for f in findings if f.rule == DWELLING)
    for _, end in homes:
        reach = max(reach, end)
        ends.append(reach)
    starts = [start for start, _ in homes]

    def within(start: int, end: int) -> bool:
        before = bisect_right(starts, start)
        return before > 0 and end <= ends[before - 1]

    return [f for f in findings if f.rule not in _YIELDS or not within(*f.span)]


def _stand(findings: list[Finding]) -> list[Finding]:
    ranked = sorted(
        _outside_homes(findings),
        key=lambda f: (
            f.severity.rank,
            f.valid is not True,
            f.rule == DWELLING,
            f.span[0] - f.span[1],
            -f.certainty,
            f.span[0],
        ),
    )
    # Spans that stand never overlap, so one sorted walk per findings' end would do; a list of
    # covered characters is simpler and as linear, for it is bounded by the spans' own lengths.
    covered: set[int] = set()
    stand: list[Finding] = []
    for finding in ranked:
        characters = range(*finding.span)
        if covered.isdisjoint(characters):
            covered.update(characters)
            stand.append(finding)
    return stand
