"""The sample office: an invented township with officers and about thirty documents, made by code.

For learning, for `demo` and for tests. No person, place or number in it exists.
"""

from pathlib import Path

import resources
from models.kernel.person import NewPerson, Role
from models.kernel.policy import Office


def setup() -> tuple[Office, tuple[NewPerson, ...]]:
    """The office and its officers; the passwords are public (resources/sample/office.toml)."""
    data = resources.table("sample/office.toml")
    office = Office(**data["office"], sample=True, check_step=True, inboxes=())
    people = tuple(
        NewPerson(p["name"], frozenset(Role(r) for r in p["roles"]), p["password"])
        for p in data["people"]
    )
    return office, people


def write_files(folder: Path) -> list[Path]:
    """Write every document into `folder` (made if missing); returns the paths in name order."""
    # The writers load Word, Excel and PDF libraries; who only signs in does not wait for them.
    from exporters.sample_office import letters, lists, papers, traps

    folder.mkdir(parents=True, exist_ok=True)
    for room in (letters, lists, traps, papers):
        room.write(folder)
    return sorted(p for p in folder.iterdir() if p.is_file())
