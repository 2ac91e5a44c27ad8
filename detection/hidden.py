"""One finding for each thing in a file that a reader does not see: a sheet, a column, a comment."""

from collections.abc import Iterator, Sequence

from detection.finding import Family, Finding
from detection.rule import Rule
from formats.reading import Part, Place, Segment

_AS_ONE = frozenset(
    {
        Part.PROPERTY,
        Part.VARIABLE,
        Part.METADATA,
        Part.DEFINED_NAME,
        Part.PIVOT_CACHE,
        Part.EXTERNAL_LINK,
        Part.CHART_CACHE,
        Part.OUTLINE,
        Part.SCRIPT,
        Part.REVISION_HISTORY,
        Part.EXIF,
    }
)
"""Parts of which a file (or a member of it) has one, however many texts it holds."""

Instance = tuple[object, ...]


def hidden_findings(
    segments: Sequence[Segment], rules: Sequence[Rule]
) -> Iterator[tuple[int, Finding]]:
    """(index of the first segment, finding) for each hidden thing, in the order of the reading."""
    by_part = {r.id: r for r in rules if r.family is Family.HIDDEN}
    found: dict[Instance, list[int]] = {}
    last_row: dict[Instance, tuple[int, Instance]] = {}
    inserted = Part.INSERTION
    for index, segment in enumerate(segments):
        if segment.visible and segment.place.part is not inserted:
            continue
        part = segment.place.part
        if part.value not in by_part or not segment.text.strip():
            continue
        instance = _instance(segment.place)
        if part is Part.HIDDEN_ROW and segment.place.row is not None:
            instance = _block(instance, segment.place.row, last_row)
        found.setdefault(instance, []).append(index)
    for indices in found.values():
        yield (
            indices[0],
            _finding(by_part[segments[indices[0]].place.part.value], segments, indices),
        )


def _instance(place: Place) -> Instance:
    part = place.part
    if part in _AS_ONE:
        return part, place.member
    if part is Part.HIDDEN_SHEET:
        return part, place.member, place.sheet
    if part is Part.HIDDEN_COLUMN:
        return part, place.member, place.path, place.sheet, place.column
    if part is Part.HIDDEN_ROW:
        return part, place.member, place.path, place.sheet
    return (part, *place[1:])


def _block(instance: Instance, row: int, last: dict[Instance, tuple[int, Instance]]) -> Instance:
    """Rows hidden in a row are one thing."""
    before = last.get(instance)
    block = before[1] if before and row - before[0] <= 1 else (*instance, row)
    last[instance] = (row, block)
    return block


def _finding(rule: Rule, segments: Sequence[Segment], indices: list[int]) -> Finding:
    first = segments[indices[0]]
    characters = sum(len(segments[i].text) for i in indices)
    text = "\n".join(segments[i].text for i in indices[:40])
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        place=first.place,
        span=(0, len(first.text)),
        text=text[:2000],
        masked=_masked(rule, first, len(indices), characters),
        visible=first.visible,
        certainty=1.0,
        valid=None,
        reason=rule.reason,
        basis=rule.article,
        suggest="",
    )


def _masked(rule: Rule, first: Segment, count: int, characters: int) -> str:
    """What it is and how much of it. No word of the text: this is kept in the catalogue."""
    where = f"“{first.place.sheet}”" if first.place.part is Part.HIDDEN_SHEET else ""
    size = f"{count} 处，{characters} 字" if count > 1 else f"{characters} 字"
    return f"{rule.label}{where}（{size}）"
