"""The shape of one migration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """SQL that never changes once it has left the house; `why` for the person who reads it."""

    why: str
    statements: tuple[str, ...]
