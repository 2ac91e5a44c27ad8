"""Places, troubles and masked excerpts as they are stored. Pure."""

import json
from typing import Any

from formats.reading import Part, Place, Trouble, TroubleCode

_SHOWN = 60


def place_text(place: Place) -> str:
    """A place as JSON, only what applies, Chinese as it is: one place has one text."""
    values: dict[str, Any] = {
        key: value for key, value in place._asdict().items() if value is not None
    }
    values["part"] = place.part.value
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def place_from(text: str) -> Place:
    """The place of such a text."""
    values: dict[str, Any] = json.loads(text)
    values["part"] = Part(values["part"])
    if values.get("box") is not None:
        values["box"] = tuple(values["box"])
    return Place(**values)


def troubles_value(troubles: tuple[Trouble, ...]) -> list[dict[str, Any]]:
    """Troubles as a JSON value."""
    return [
        {
            "code": trouble.code.value,
            "text": trouble.text,
            "place": place_text(trouble.place) if trouble.place else None,
        }
        for trouble in troubles
    ]


def troubles_from(values: list[dict[str, Any]]) -> tuple[Trouble, ...]:
    """The troubles of such a value."""
    return tuple(
        Trouble(
            TroubleCode(value["code"]),
            value["text"],
            place_from(value["place"]) if value["place"] else None,
        )
        for value in values
    )


def masked(text: str) -> str:
    """An excerpt that may be stored: the ends of a longer text, stars between."""
    if len(text) <= 4:
        return "*" * len(text)
    keep = 1 if len(text) < 8 else 2
    stars = min(len(text) - 2 * keep, _SHOWN)
    return text[:keep] + "*" * stars + text[-keep:]
