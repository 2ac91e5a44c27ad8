"""Saved views: a filter with a name, kept for this person at this machine."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QSettings

from detection.finding import Severity
from formats.reading import Kind
from models.disclosure.case import State
from models.kernel.person import Person, Role
from models.queries.rows import DocumentFilter, Recheck

KEY = "catalogue/views"

# What waits for whom.
_WAITS: Mapping[Role, tuple[State, ...]] = {
    Role.DRAFTER: (State.RECEIVED, State.RETURNED),
    Role.HEAD: (State.SUBMITTED,),
    Role.SECRECY: (State.SUBMITTED, State.CHECKED),
    Role.LEADER: (State.CLEARED,),
    Role.PUBLISHER: (State.APPROVED,),
    Role.ADMIN: (),
}


def given(officer: Person) -> tuple[tuple[str, DocumentFilter], ...]:
    """The views that are always there."""
    mine = frozenset(state for role in officer.roles for state in _WAITS[role])
    return (
        ("全部文件", DocumentFilter()),
        *((("等我办理", DocumentFilter(states=mine)),) if mine else ()),
        ("退回修改", DocumentFilter(states=frozenset({State.RETURNED}))),
        ("必须遮盖的", DocumentFilter(severity=Severity.HIDE)),
        ("待发布", DocumentFilter(states=frozenset({State.APPROVED}))),
        *((each.label, DocumentFilter(recheck=each)) for each in Recheck),
    )


def load(settings: QSettings) -> dict[str, DocumentFilter]:
    """The saved views by name; what cannot be read is left out."""
    text = settings.value(KEY, "{}")
    try:
        kept = json.loads(str(text))
    except json.JSONDecodeError:
        return {}
    views: dict[str, DocumentFilter] = {}
    for name, value in kept.items():
        view = _from_plain(value)
        if view is not None:
            views[name] = view
    return views


def save(settings: QSettings, views: Mapping[str, DocumentFilter]) -> None:
    """Keep these views instead of the earlier ones."""
    plain = {name: _to_plain(view) for name, view in views.items()}
    settings.setValue(KEY, json.dumps(plain, ensure_ascii=False))


def _to_plain(view: DocumentFilter) -> dict[str, Any]:
    return {
        "states": sorted(state.value for state in view.states),
        "attribute": view.attribute,
        "kind": view.kind.value if view.kind else None,
        "severity": view.severity.value if view.severity else None,
        "batch": view.batch,
        "text": view.text,
        "from": view.received_from.isoformat() if view.received_from else None,
        "to": view.received_to.isoformat() if view.received_to else None,
        "recheck": view.recheck.value if view.recheck else None,
    }


def _from_plain(value: Mapping[str, Any]) -> DocumentFilter | None:
    try:
        return DocumentFilter(
            states=frozenset(State(state) for state in value["states"]),
            attribute=value["attribute"],
            kind=Kind(value["kind"]) if value["kind"] else None,
            severity=Severity(value["severity"]) if value["severity"] else None,
            batch=value["batch"],
            text=value["text"],
            received_from=date.fromisoformat(value["from"]) if value["from"] else None,
            received_to=date.fromisoformat(value["to"]) if value["to"] else None,
            recheck=Recheck(value["recheck"]) if value.get("recheck") else None,
        )
    except (KeyError, TypeError, ValueError):
        return None
