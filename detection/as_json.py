"""The object that `scan --json` prints: the contract of the command line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from detection.advice import advice, certainty_words
from detection.finding import Finding
from detection.report import Report
from formats.reading import Place, Trouble

_NO_LABELS: Mapping[str, str] = MappingProxyType({})


def report_json(
    file: str, report: Report, *, reveal: bool, labels: Mapping[str, str] = _NO_LABELS
) -> dict[str, Any]:
    """One report as plain dicts and lists. `reveal` puts the bare text in place of the masked.

    `labels`: the rules' names by their ids; a rule without one is called by its id.
    """
    return {
        "file": file,
        "sha256": report.sha256,
        "kind": report.kind.value,
        "status": report.status.value,
        "troubles": [trouble_json(trouble) for trouble in report.troubles],
        "findings": [
            finding_json(f"f{number}", finding, reveal=reveal, labels=labels)
            for number, finding in enumerate(report.findings, 1)
        ],
        "pages": report.pages,
        "characters": report.characters,
        "seconds": round(report.seconds, 3),
        "rulebook": report.rulebook,
        "image_pages": list(report.image_pages),
    }


def finding_json(
    number: str, finding: Finding, *, reveal: bool, labels: Mapping[str, str] = _NO_LABELS
) -> dict[str, Any]:
    """One finding: what, where, why, under which article, how certain, what to do."""
    return {
        "id": number,
        "rule": finding.rule,
        "label": labels.get(finding.rule, finding.rule),
        "family": finding.family.value,
        "severity": finding.severity.value,
        "text": finding.text if reveal else finding.masked,
        "place": {**place_json(finding.place), "span": list(finding.span)},
        "visible": finding.visible,
        "certainty": round(finding.certainty, 3),
        "certainty_text": certainty_words(finding.certainty, finding.valid),
        "valid": finding.valid,
        "reason": finding.reason,
        "basis": finding.basis,
        "suggest": finding.suggest,
        "advice": advice(
            finding.family, finding.severity, finding.suggest, visible=finding.visible
        ),
    }


def trouble_json(trouble: Trouble) -> dict[str, Any]:
    """A trouble with its code and its place; `{}` where it has none."""
    place = place_json(trouble.place) if trouble.place else {}
    return {"code": trouble.code.value, "place": place, "text": trouble.text}


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
