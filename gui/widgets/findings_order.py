"""The order in which findings are gone through, and what is next. Pure."""

from collections.abc import Sequence

from detection.finding import COLUMN, Family, Severity
from models.disclosure.findings import Ruling
from models.queries.rows import FindingRow

HIDING = (Ruling.REDACT, Ruling.MASK)


def by_family(findings: Sequence[FindingRow]) -> list[tuple[Family, list[FindingRow]]]:
    """Groups in the order of `Family`, worst families first; inside a group in reading order."""
    groups: list[tuple[Family, list[FindingRow]]] = []
    for family in Family:
        inside = sorted((f for f in findings if f.family is family), key=lambda f: f.number)
        if inside:
            groups.append((family, inside))
    return groups


def in_order(findings: Sequence[FindingRow]) -> list[FindingRow]:
    """All findings as J and K walk through them: as they stand in the list."""
    return [finding for _, inside in by_family(findings) for finding in inside]


def neighbour(findings: Sequence[FindingRow], current: int | None, step: int) -> int | None:
    """The finding `step` places on; stays at either end. The first one if none is current."""
    ids = [finding.id for finding in in_order(findings)]
    if not ids:
        return None
    if current not in ids:
        return ids[0 if step > 0 else -1]
    return ids[min(max(0, ids.index(current) + step), len(ids) - 1)]


def same_rule(findings: Sequence[FindingRow], one: FindingRow) -> list[int]:
    """What the same rule found in this document and nobody has ruled on, `one` included."""
    return [f.id for f in findings if f.rule == one.rule and (f.ruling is None or f.id == one.id)]


def same_column(findings: Sequence[FindingRow], one: FindingRow) -> list[int]:
    """Of `same_rule` what stands in the same column of the same table; none where it must hide."""
    if one.severity.rank < Severity.ASK.rank or one.place.column is None:
        return []
    return [f.id for f in column_of(findings, one) if f.rule == one.rule and _may_stay(f)]


def column_of(findings: Sequence[FindingRow], one: FindingRow) -> list[FindingRow]:
    """What stands in the column of `one` and nobody has ruled on, `one` included."""
    return [
        f for f in findings if _column(f) == _column(one) and (f.ruling is None or f.id == one.id)
    ]


def _may_stay(finding: FindingRow) -> bool:
    return finding.severity.rank >= Severity.ASK.rank


def _column(finding: FindingRow) -> tuple[object, ...]:
    place = finding.place
    return place.member, place.path, place.sheet, place.table, place.column


def together(
    findings: Sequence[FindingRow], one: FindingRow, ruling: Ruling, same_text: Sequence[int]
) -> tuple[int, ...]:
    """What is ruled on at one stroke: the same text and, where it is hidden, the same rule.

    To keep something needs a look at each text, to hide does not. What only asks may be kept by
    the column: whether a list shows names is decided for the list, not for each of its people.
    """
    if one.rule == COLUMN:
        return whole_column(findings, one, ruling)
    rest: Sequence[int] = ()
    if ruling in HIDING:
        rest = same_rule(findings, one)
    elif ruling is Ruling.KEEP:
        rest = same_column(findings, one)
    reached = {_column(f) for f in findings if f.id in set(rest) and f.place.column is not None}
    heads = [f.id for f in findings if f.rule == COLUMN and not f.ruling and _column(f) in reached]
    return tuple(dict.fromkeys((one.id, *same_text, *rest, *heads)))


def whole_column(
    findings: Sequence[FindingRow], one: FindingRow, ruling: Ruling
) -> tuple[int, ...]:
    """What the finding for a column speaks for; what must be hidden is not kept along with it."""
    inside = column_of(findings, one)
    if ruling is Ruling.NOT_ONE:
        return (one.id,)
    return tuple(f.id for f in inside if ruling in HIDING or _may_stay(f))


def next_open(findings: Sequence[FindingRow], current: int | None) -> int | None:
    """The next finding without a ruling after `current`, then from the start; None: all ruled."""
    ordered = in_order(findings)
    ids = [finding.id for finding in ordered]
    begin = ids.index(current) + 1 if current in ids else 0
    for finding in ordered[begin:] + ordered[:begin]:
        if finding.ruling is None:
            return finding.id
    return None


def progress(findings: Sequence[FindingRow]) -> str:
    """`3/11 处理`; a document without findings says so."""
    if not findings:
        return "没有发现"
    ruled = sum(finding.ruling is not None for finding in findings)
    return f"{ruled}/{len(findings)} 处理"
