"""What the release page shows, read in one go away from the main thread."""

from collections.abc import Sequence
from typing import NamedTuple

from models import queries
from models.disclosure import releases, review
from models.disclosure.case import Action, State
from models.disclosure.releases import Orphan
from models.kernel.home import Home
from models.kernel.person import Person
from models.queries.rows import DocumentFilter, DocumentRow, PublicationRow, ReleaseRow


class Waiting(NamedTuple):
    """An approved document and every reason against releasing it now, for this officer."""

    row: DocumentRow
    against: tuple[str, ...]


class Published(NamedTuple):
    """One released document of a package: its path there, where it was put up, why no recall."""

    row: DocumentRow
    path: str
    publications: Sequence[PublicationRow]
    against_recall: tuple[str, ...]


class Packages(NamedTuple):
    """Everything on the page."""

    waiting: Sequence[Waiting]
    releases: Sequence[ReleaseRow]
    orphans: Sequence[Orphan]


def read_packages(home: Home, officer: Person) -> Packages:
    """The documents that wait, the packages made, and what was left over."""
    ids = queries.document_ids(DocumentFilter(states=frozenset({State.APPROVED})))
    waiting = [
        Waiting(row, review.possible(row.id, officer)[Action.RELEASE])
        for row in queries.document_rows(ids)
    ]
    made = [row for row in queries.releases() if row.released_at is not None]
    return Packages(waiting, made, releases.orphans(home))


def read_package(release_id: int, officer: Person) -> list[Published]:
    """The documents of one package."""
    paths = dict(queries.release_documents(release_id))
    return [
        Published(
            row,
            paths[row.id],
            queries.publications(row.id),
            review.possible(row.id, officer)[Action.RECALL],
        )
        for row in queries.document_rows(paths)
    ]


def read_channels() -> dict[DocumentRow, frozenset[str]]:
    """Every released document with the channels it was put up on."""
    ids = queries.document_ids(DocumentFilter(states=frozenset({State.RELEASED})))
    return {
        row: frozenset(one.channel for one in queries.publications(row.id))
        for row in queries.document_rows(ids)
    }


def on_one_only(
    channels: dict[DocumentRow, frozenset[str]], on: str, missing: str
) -> list[DocumentRow]:
    """Released documents on the channel `on` (empty: anywhere or nowhere), not on `missing`."""
    return [
        row
        for row, known in channels.items()
        if (not on or on in known) and missing and missing not in known
    ]
