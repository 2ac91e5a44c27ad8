"""What an act touched: the value every act returns; each page tells from it whether it is stale."""

from dataclasses import dataclass

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of touched rows; `a | b` merges. Truthy when anything was touched."""

    documents: frozenset[int] = _NONE
    releases: frozenset[int] = _NONE
    batches: frozenset[int] = _NONE
    officers: bool = False
    policy: bool = False
    reports: frozenset[int] = _NONE

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.documents | other.documents,
            self.releases | other.releases,
            self.batches | other.batches,
            self.officers or other.officers,
            self.policy or other.policy,
            self.reports | other.reports,
        )

    def __bool__(self) -> bool:
        return bool(
            self.documents
            or self.releases
            or self.batches
            or self.officers
            or self.policy
            or self.reports
        )
