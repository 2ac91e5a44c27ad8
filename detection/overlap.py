"""Which of several findings over the same characters stand."""

from collections.abc import Sequence

from detection.dwellings import DWELLING
from detection.finding import Family, Finding
from detection.judge import Hit


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


def _stand(findings: list[Finding]) -> list[Finding]:
    ranked = sorted(
        findings,
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
