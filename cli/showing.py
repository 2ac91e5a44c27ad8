"""`show`: one document with its findings, each with why, how sure, what to do and what was done."""

import argparse
from collections.abc import Mapping
from typing import Any

from cli import output, session, words
from cli.catalogue import row_json
from cli.entry import DONE
from detection.advice import advice, certainty_words
from detection.as_json import place_json, trouble_json
from models import queries
from models.disclosure import aggregation, precedents, review
from models.disclosure.precedents import Precedent
from models.kernel.errors import Refused


def show(options: argparse.Namespace) -> int:
    """One document: fields, findings with rulings, admissions, steps."""
    with session.catalogue(options):
        row = queries.document_rows([options.id])
        if not row:
            raise Refused(f"目录里没有编号 {options.id}。")
        findings = queries.findings_of(options.id)
        steps = queries.steps_of(options.id)
        detail = queries.document(options.id)
        admissions = queries.admissions_of(options.id)
        before = precedents.precedents(options.id)
        warnings = aggregation.warnings(options.id)
        labels = {rule.id: rule.label for rule in review.rules_in_force().rules}
    if options.json:
        output.document(
            row_json(row[0])
            | {
                "fields": detail.fields,
                "troubles": [trouble_json(trouble) for trouble in detail.scan.troubles],
                "items": [_finding_json(f, labels, before.get(f.id)) for f in findings],
                "admissions": [
                    {
                        "officer": a.officer,
                        "at": a.at.isoformat(),
                        "reason": a.reason,
                        "sha256": a.sha256,
                        "current": a.current,
                    }
                    for a in admissions
                ],
                "warnings": list(warnings),
                "steps": [
                    {
                        "action": s.action.value,
                        "officer": s.officer,
                        "at": s.at.isoformat(),
                        "reason": s.reason,
                        "sha256": s.sha256,
                    }
                    for s in steps
                ],
            }
        )
        return DONE
    output.say(f"{output.shown(row[0].title)}（编号 {row[0].id}，{row[0].state.label}）")
    output.say(row[0].next_step)
    for trouble in detail.scan.troubles:
        output.say(f"  ! {words.trouble(trouble)}")
    for admission in admissions:
        output.say(
            f"国家秘密标志由{admission.officer}于{admission.at:%Y-%m-%d %H:%M}放行，"
            f"理由：{output.shown(admission.reason)}"
        )
    for warning in warnings:
        output.say(output.shown(warning))
    output.table(
        ("发现", "级别", "规则", "内容", "处理", "以前的意见"),
        [
            (
                f"f{f.number}",
                f.severity.label,
                labels.get(f.rule, f.rule),
                f.masked,
                f.ruling.label if f.ruling else "未处理",
                before[f.id].ruling.label if f.id in before else "",
            )
            for f in findings
        ],
    )
    for step in steps:
        output.say(f"{step.at:%Y-%m-%d %H:%M} {step.action.label} {step.officer} {step.reason}")
    return DONE


def _finding_json(
    finding: queries.FindingRow, labels: Mapping[str, str], before: Precedent | None
) -> dict[str, Any]:
    """`reason` is that of the ruling; why the rule found it is `why`."""
    return {
        "id": f"f{finding.number}",
        "rule": finding.rule,
        "label": labels.get(finding.rule, finding.rule),
        "family": finding.family.value,
        "severity": finding.severity.value,
        "text": finding.masked,
        "place": {**place_json(finding.place), "span": list(finding.span)},
        "where": words.where(finding.place),
        "visible": finding.visible,
        "certainty": round(finding.certainty, 3),
        "certainty_text": certainty_words(finding.certainty, finding.valid),
        "valid": finding.valid,
        "why": finding.reason,
        "basis": finding.basis,
        "suggest": finding.suggest,
        "advice": advice(
            finding.family, finding.severity, finding.suggest, visible=finding.visible
        ),
        "ruling": finding.ruling.value if finding.ruling else None,
        "reason": finding.ruling_reason,
        "officer": finding.ruled_by,
        "before": None
        if before is None
        else {
            "ruling": before.ruling.value,
            "officer": before.officer,
            "at": before.at.isoformat(),
            "reason": before.reason,
            "document": before.document_id,
            "title": before.title,
        },
    }
