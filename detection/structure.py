"""Checks that no pattern can make: over a whole table, a whole document. Pure and linear.

Each check is a function from one document of a reading, its seen running text, to `Doubt`s. The
rule of a doubt, its label, its reason and its article stand in the packs like those of any other
rule.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from detection import annexes, dates, kinds, masks, numbering, pairing, sums
from detection.doubt import Document, Doubt, documents
from detection.finding import Finding
from detection.grids import Grid
from detection.leaders import Leaders, unlisted
from detection.rule import Rule
from detection.rulebook import Rulebook
from formats.reading import Segment

Check = Callable[[Document], Iterator[Doubt]]

_CHECKS: tuple[Check, ...] = (
    annexes.missing,
    kinds.told,
    numbering.gaps,
    pairing.unpaired,
    dates.out_of_year,
)


def structural_findings(
    segments: Sequence[Segment],
    tables: Sequence[Grid],
    rulebook: Rulebook,
    found: Iterable[tuple[int, Finding]] = (),
) -> Iterator[tuple[int, Finding]]:
    """(index of the segment, finding) for each doubt about a document or one of its tables.

    `found`: what the patterns found; a doubt under the same rule about the same text adds nothing.
    """
    by_id = {rule.id: rule for rule in rulebook.rules}
    known: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for index, finding in found:
        known.setdefault((index, finding.rule), []).append(finding.span)
    for doubt in _doubts(segments, tables, rulebook.leaders):
        rule = by_id.get(doubt.rule)
        start, end = doubt.span
        spans = known.get((doubt.at, doubt.rule), ())
        if rule is not None and not any(s[0] < end and start < s[1] for s in spans):
            yield doubt.at, _finding(doubt, rule, segments[doubt.at])


def _doubts(
    segments: Sequence[Segment], tables: Sequence[Grid], leaders: Leaders
) -> Iterator[Doubt]:
    for document in documents(segments):
        for check in _CHECKS:
            yield from check(document)
        yield from unlisted(document, leaders)
    yield from sums.wrong(tables)


def _finding(doubt: Doubt, rule: Rule, segment: Segment) -> Finding:
    """The finding for a doubt: the rule's reason, and the figures or the basis it is about."""
    text = segment.text[slice(*doubt.span)]
    shown = masks.masked(rule.suggest, text)
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        place=segment.place,
        span=doubt.span,
        text=text,
        masked=masks.safe(shown),
        visible=segment.visible,
        certainty=round(rule.certainty * segment.certainty, 4),
        valid=None,
        reason=rule.reason + doubt.says,
        basis=doubt.article or rule.article,
        suggest=shown,
        whole=text.strip() == segment.text.strip(),
    )
