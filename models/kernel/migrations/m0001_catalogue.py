"""Version 1: the office, the documents with their review, the releases, the annual report."""

from models.kernel.migrations.m0001_triggers import TRIGGERS
from models.kernel.migrations.step import Step

_TABLES = """
CREATE TABLE officer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    roles TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    password TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE TABLE sign_in_attempt (
    name_key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    until TEXT NOT NULL
);
CREATE TABLE policy (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    officer_id INTEGER REFERENCES officer(id),
    officer TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER,
    from_state TEXT NOT NULL DEFAULT '',
    to_state TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '{}',
    prev TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_subject ON audit(subject, subject_id, id);
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by_id INTEGER NOT NULL REFERENCES officer(id)
);
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state TEXT NOT NULL DEFAULT 'received',
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    taken_from TEXT NOT NULL,
    original_sha256 TEXT NOT NULL UNIQUE,
    batch_id INTEGER REFERENCES batch(id),
    registered_by_id INTEGER NOT NULL REFERENCES officer(id),
    received_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    revision_id INTEGER REFERENCES revision(id) DEFERRABLE INITIALLY DEFERRED,
    scan_id INTEGER REFERENCES scan(id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    findings INTEGER NOT NULL DEFAULT 0,
    open_findings INTEGER NOT NULL DEFAULT 0,
    marks_waiting INTEGER NOT NULL DEFAULT 0,
    severity INTEGER NOT NULL DEFAULT 9,
    index_number TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL,
    organ TEXT NOT NULL DEFAULT '',
    document_number TEXT NOT NULL DEFAULT '',
    signed_on TEXT NOT NULL DEFAULT '',
    topic TEXT NOT NULL DEFAULT '',
    genre TEXT NOT NULL DEFAULT '',
    attribute TEXT NOT NULL DEFAULT '',
    attribute_reason TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT '',
    time_limit TEXT NOT NULL DEFAULT '',
    validity TEXT NOT NULL DEFAULT '',
    repealed_on TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    keywords TEXT NOT NULL DEFAULT '',
    department TEXT NOT NULL DEFAULT '',
    "column" TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    source_url TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_received ON document(received_at, state);
CREATE INDEX document_updated ON document(updated_at, state);
CREATE INDEX document_title ON document(title, state);
CREATE INDEX document_name ON document(name, state);
CREATE INDEX document_number ON document(document_number, state);
CREATE INDEX document_signed ON document(signed_on, state);
CREATE INDEX document_severity ON document(severity, state, open_findings);
CREATE INDEX document_open ON document(open_findings, state);
CREATE INDEX document_findings ON document(findings, state);
CREATE INDEX document_kind ON document(kind, state, received_at);
CREATE INDEX document_attribute ON document(attribute, state, received_at);
CREATE INDEX document_state ON document(state, received_at);
CREATE INDEX document_status ON document(status, state);
CREATE INDEX document_batch ON document(batch_id, state, received_at);
CREATE INDEX document_genre ON document(genre, signed_on, state);
CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES document(id),
    ordinal INTEGER NOT NULL,
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    made_by_id INTEGER NOT NULL REFERENCES officer(id),
    made_at TEXT NOT NULL,
    UNIQUE (document_id, ordinal)
);
CREATE INDEX revision_sha256 ON revision(sha256);
CREATE TABLE scan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision_id INTEGER NOT NULL REFERENCES revision(id),
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    pages INTEGER,
    image_pages TEXT NOT NULL,
    characters INTEGER NOT NULL,
    seconds REAL NOT NULL,
    rulebook TEXT NOT NULL,
    troubles TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX scan_revision ON scan(revision_id);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scan_id INTEGER NOT NULL REFERENCES scan(id),
    document_id INTEGER NOT NULL REFERENCES document(id),
    number INTEGER NOT NULL,
    rule TEXT NOT NULL,
    family TEXT NOT NULL,
    severity INTEGER NOT NULL,
    place TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    masked TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    visible INTEGER NOT NULL,
    certainty REAL NOT NULL,
    valid INTEGER,
    reason TEXT NOT NULL,
    basis TEXT NOT NULL,
    suggest TEXT NOT NULL,
    whole INTEGER NOT NULL DEFAULT 0,
    manual INTEGER NOT NULL DEFAULT 0,
    ruling_id INTEGER REFERENCES ruling(id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (scan_id, number)
);
CREATE INDEX finding_alike ON finding(rule, fingerprint);
CREATE INDEX finding_document ON finding(document_id);
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    finding_id INTEGER NOT NULL REFERENCES finding(id),
    act INTEGER NOT NULL,
    ruling TEXT NOT NULL,
    officer_id INTEGER NOT NULL REFERENCES officer(id),
    reason TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    carried_from INTEGER REFERENCES ruling(id),
    undoes INTEGER UNIQUE REFERENCES ruling(id)
);
CREATE INDEX ruling_finding ON ruling(finding_id, id);
CREATE INDEX ruling_act ON ruling(act);
CREATE TABLE page_view (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision_id INTEGER NOT NULL REFERENCES revision(id),
    page INTEGER NOT NULL,
    officer_id INTEGER NOT NULL REFERENCES officer(id),
    at TEXT NOT NULL,
    UNIQUE (revision_id, officer_id, page)
);
CREATE TABLE release (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by_id INTEGER NOT NULL REFERENCES officer(id),
    head TEXT NOT NULL,
    released_at TEXT,
    folder TEXT NOT NULL DEFAULT '',
    archive TEXT NOT NULL DEFAULT '',
    manifest_sha256 TEXT NOT NULL DEFAULT ''
);
CREATE TABLE release_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    release_id INTEGER NOT NULL REFERENCES release(id),
    document_id INTEGER NOT NULL REFERENCES document(id),
    revision_id INTEGER NOT NULL REFERENCES revision(id),
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL DEFAULT '',
    UNIQUE (release_id, document_id)
);
CREATE INDEX release_item_document ON release_item(document_id);
CREATE TABLE publication (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES document(id),
    release_id INTEGER REFERENCES release(id),
    channel TEXT NOT NULL,
    url TEXT NOT NULL,
    date TEXT NOT NULL,
    officer_id INTEGER NOT NULL REFERENCES officer(id),
    at TEXT NOT NULL
);
CREATE INDEX publication_document ON publication(document_id);
CREATE TABLE annual_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL UNIQUE,
    tables TEXT NOT NULL,
    texts TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    officer_id INTEGER NOT NULL REFERENCES officer(id)
);
CREATE TABLE document_text (
    document_id INTEGER PRIMARY KEY REFERENCES document(id),
    plain BLOB NOT NULL,
    indexed BLOB NOT NULL
);
CREATE VIRTUAL TABLE document_index USING fts5(
    single, pair, content='', tokenize="unicode61 remove_diacritics 0"
)
"""

STEP = Step(
    "the first catalogue",
    (*(text.strip() for text in _TABLES.split(";") if text.strip()), *TRIGGERS),
)
