"""The object that `scan --json` prints: the contract of the command line."""

from typing import Any

from detection.finding import Finding
from detection.report import Report
from formats.reading import Place


def report_json(file: str, report: Report, *, reveal: bool) -> dict[str, Any]:
    """One report as plain dicts and lists. `reveal` puts the bare text in place of the masked."""
    return {
        "file": file,
        "sha256": report.sha256,
        "kind": report.kind.value,
        "status": report.status.value,
        "troubles": [
            {"code": t.code.value, "place": place_json(t.place) if t.place else {}, "text": t.text}
            for t in report.troubles
        ],
        "findings": [
            finding_json(f"f{number}", finding, reveal=reveal)
            for number, finding in enumerate(report.findings, 1)
        ],
        "pages": report.pages,
        "characters": report.characters,
        "seconds": round(report.seconds, 3),
        "rulebook": report.rulebook,
        "image_pages": list(report.image_pages),
    }


def finding_json(number: str, finding: Finding, *, reveal: bool) -> dict[str, Any]:
    """One finding, with its place and span."""
    return {
        "id": number,
        "rule": finding.rule,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "text": finding.text if reveal else finding.masked,
        "place": {**place_json(finding.place), "span": list(finding.span)},
        "visible": finding.visible,
        "certainty": round(finding.certainty, 3),
        "valid": finding.valid,
        "reason": finding.reason,
        "basis": finding.basis,
        "suggest": finding.suggest,
    }


def place_json(place: Place) -> dict[str, Any]:
    """A place with the keys of the contract; `box` in points from the page's top left corner."""
    return {
        "part": place.part.value,
        "member": place.member,
        "page": place.page,
        "sheet": place.sheet,
        "cell": place.cell,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "paragraph": place.paragraph,
        "path": place.path,
        "box": list(place.box) if place.box else None,
    }
