"""The hash chain of the audit log. Pure: no database, no clock.

hash = sha256(previous hash + canonical fields). Changing any byte of any entry changes every hash
after it, and the head is printed on paper (house.md 4, point 4).
"""

import hashlib
import json
from typing import NamedTuple

GENESIS = "0" * 64


class Entry(NamedTuple):
    """The fields of an audit entry that its hash covers, in their canonical order.

    `at` is an ISO 8601 time in UTC; `detail` is a JSON text. States are "" where nothing moved.
    """

    id: int
    at: str
    officer_id: int | None
    officer: str
    action: str
    subject: str
    subject_id: int | None
    from_state: str
    to_state: str
    sha256: str
    reason: str
    detail: str


def canonical(entry: Entry) -> str:
    """One text for one entry: a JSON array without blanks, characters as they are."""
    return json.dumps(list(entry), ensure_ascii=False, separators=(",", ":"))


def link(previous: str, entry: Entry) -> str:
    """The hash of an entry that follows the hash `previous`, 64 hexadecimal digits."""
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()


def sql_link(previous: str, *fields: object) -> str:
    """`link` for SQLite: the triggers call it as `chain_hash(prev, id, at, ...)`."""
    return link(previous, Entry(*fields))  # type: ignore[arg-type]  # SQLite hands over values
