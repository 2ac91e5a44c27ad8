"""Version 3: what the lists of a scan tell of each person, by keyed fingerprints only."""

from models.kernel.migrations.step import Step

STEP = Step(
    "people in lists by fingerprint, for the warning across releases",
    (
        "CREATE TABLE piece ("
        "scan_id INTEGER NOT NULL REFERENCES scan(id), "
        "person TEXT NOT NULL, "
        "village TEXT NOT NULL, "
        "kinds TEXT NOT NULL)",
        "CREATE INDEX piece_scan ON piece(scan_id)",
        "CREATE INDEX piece_person ON piece(person)",
        "CREATE TRIGGER piece_no_update BEFORE UPDATE ON piece "
        "BEGIN SELECT RAISE(ABORT, 'piece: no update'); END",
        "CREATE TRIGGER piece_no_delete BEFORE DELETE ON piece "
        "BEGIN SELECT RAISE(ABORT, 'piece: no delete'); END",
    ),
)
