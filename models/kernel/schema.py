"""The tables as peewee rows. Their SQL, indexes and triggers stand in `migrations/`.

A test compares these columns with those of a migrated catalogue. Times are ISO texts in UTC (see
`base.to_text`); a severity is its rank, 0 the worst, 9 for none.
"""

import json
from typing import Any

import peewee

from models.kernel.base import Row


class JSONText(peewee.TextField):
    """JSON with Chinese characters as they are, so that SQL can look into it."""

    def db_value(self, value: Any) -> str:
        """The text that is stored."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def python_value(self, value: Any) -> Any:
        """The value of a stored text."""
        return None if value is None else json.loads(value)


class Officer(Row):
    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    roles = peewee.TextField()
    active = peewee.BooleanField(default=True)
    password = peewee.TextField()
    created_at = peewee.TextField()


class SignInAttempt(Row):
    name_key = peewee.TextField(primary_key=True)
    failures = peewee.IntegerField()
    until = peewee.TextField()


class Policy(Row):
    key = peewee.TextField(primary_key=True)
    value = JSONText()


class Audit(Row):
    id = peewee.IntegerField(primary_key=True)
    at = peewee.TextField()
    officer_id = peewee.IntegerField(null=True)
    officer = peewee.TextField()
    action = peewee.TextField()
    subject = peewee.TextField()
    subject_id = peewee.IntegerField(null=True)
    from_state = peewee.TextField(default="")
    to_state = peewee.TextField(default="")
    sha256 = peewee.TextField(default="")
    reason = peewee.TextField(default="")
    detail = peewee.TextField(default="{}")
    prev = peewee.TextField()
    hash = peewee.TextField()


class Batch(Row):
    id = peewee.AutoField()
    name = peewee.TextField()
    made_at = peewee.TextField()
    made_by_id = peewee.IntegerField()


class Document(Row):
    id = peewee.AutoField()
    # The first state comes by itself; every later one from review alone.
    state = peewee.TextField(default="received")
    name = peewee.TextField()
    kind = peewee.TextField()
    taken_from = peewee.TextField()
    original_sha256 = peewee.TextField(unique=True)
    batch_id = peewee.IntegerField(null=True)
    registered_by_id = peewee.IntegerField()
    received_at = peewee.TextField()
    updated_at = peewee.TextField()
    revision_id = peewee.IntegerField(null=True)
    scan_id = peewee.IntegerField(null=True)
    status = peewee.TextField()
    findings = peewee.IntegerField(default=0)
    open_findings = peewee.IntegerField(default=0)
    marks_waiting = peewee.IntegerField(default=0)
    severity = peewee.IntegerField(default=9)
    index_number = peewee.TextField(default="")
    title = peewee.TextField()
    organ = peewee.TextField(default="")
    document_number = peewee.TextField(default="")
    signed_on = peewee.TextField(default="")
    topic = peewee.TextField(default="")
    genre = peewee.TextField(default="")
    attribute = peewee.TextField(default="")
    attribute_reason = peewee.TextField(default="")
    scope = peewee.TextField(default="")
    time_limit = peewee.TextField(default="")
    validity = peewee.TextField(default="")
    repealed_on = peewee.TextField(default="")
    summary = peewee.TextField(default="")
    keywords = peewee.TextField(default="")
    department = peewee.TextField(default="")
    column = peewee.TextField(default="")
    source = peewee.TextField(default="")
    source_url = peewee.TextField(default="")
    remark = peewee.TextField(default="")
    matter = peewee.TextField(default="")


class Revision(Row):
    id = peewee.AutoField()
    document_id = peewee.IntegerField()
    ordinal = peewee.IntegerField()
    origin = peewee.TextField()
    sha256 = peewee.TextField()
    size = peewee.IntegerField()
    kind = peewee.TextField()
    name = peewee.TextField()
    made_by_id = peewee.IntegerField()
    made_at = peewee.TextField()


class Scan(Row):
    id = peewee.AutoField()
    revision_id = peewee.IntegerField()
    status = peewee.TextField()
    kind = peewee.TextField()
    pages = peewee.IntegerField(null=True)
    image_pages = JSONText()
    characters = peewee.IntegerField()
    seconds = peewee.FloatField()
    rulebook = peewee.TextField()
    troubles = JSONText()
    made_at = peewee.TextField()


class Finding(Row):
    id = peewee.AutoField()
    scan_id = peewee.IntegerField()
    document_id = peewee.IntegerField()
    number = peewee.IntegerField()
    rule = peewee.TextField()
    family = peewee.TextField()
    severity = peewee.IntegerField()
    place = peewee.TextField()
    span_start = peewee.IntegerField()
    span_end = peewee.IntegerField()
    masked = peewee.TextField()
    fingerprint = peewee.TextField()
    visible = peewee.BooleanField()
    certainty = peewee.FloatField()
    valid = peewee.BooleanField(null=True)
    reason = peewee.TextField()
    basis = peewee.TextField()
    suggest = peewee.TextField()
    whole = peewee.BooleanField(default=False)
    manual = peewee.BooleanField(default=False)
    ruling_id = peewee.IntegerField(null=True)


class Piece(Row):
    scan_id = peewee.IntegerField()
    person = peewee.TextField()
    village = peewee.TextField()
    kinds = peewee.TextField()

    class Meta:
        primary_key = False


class RulingRow(Row):
    id = peewee.AutoField()
    finding_id = peewee.IntegerField()
    act = peewee.IntegerField()
    ruling = peewee.TextField()
    officer_id = peewee.IntegerField()
    reason = peewee.TextField(default="")
    at = peewee.TextField()
    carried_from = peewee.IntegerField(null=True)
    undoes = peewee.IntegerField(null=True)

    class Meta:
        table_name = "ruling"


class Admission(Row):
    id = peewee.AutoField()
    document_id = peewee.IntegerField()
    revision_id = peewee.IntegerField()
    sha256 = peewee.TextField()
    officer_id = peewee.IntegerField()
    reason = peewee.TextField()
    marks = JSONText()
    at = peewee.TextField()


class PageView(Row):
    id = peewee.AutoField()
    revision_id = peewee.IntegerField()
    page = peewee.IntegerField()
    officer_id = peewee.IntegerField()
    at = peewee.TextField()


class Release(Row):
    id = peewee.AutoField()
    name = peewee.TextField()
    made_at = peewee.TextField()
    made_by_id = peewee.IntegerField()
    head = peewee.TextField()
    released_at = peewee.TextField(null=True)
    folder = peewee.TextField(default="")
    archive = peewee.TextField(default="")
    manifest_sha256 = peewee.TextField(default="")


class ReleaseItemRow(Row):
    id = peewee.AutoField()
    release_id = peewee.IntegerField()
    document_id = peewee.IntegerField()
    revision_id = peewee.IntegerField()
    sha256 = peewee.TextField()
    path = peewee.TextField(default="")

    class Meta:
        table_name = "release_item"


class Publication(Row):
    id = peewee.AutoField()
    document_id = peewee.IntegerField()
    release_id = peewee.IntegerField(null=True)
    channel = peewee.TextField()
    url = peewee.TextField()
    date = peewee.TextField()
    officer_id = peewee.IntegerField()
    at = peewee.TextField()


class AnnualReport(Row):
    id = peewee.AutoField()
    year = peewee.IntegerField(unique=True)
    tables = JSONText()
    texts = JSONText()
    saved_at = peewee.TextField()
    officer_id = peewee.IntegerField()


class DocumentText(Row):
    document_id = peewee.IntegerField(primary_key=True)
    plain = peewee.BlobField()
    indexed = peewee.BlobField()


ROWS: tuple[type[Row], ...] = (
    Officer, SignInAttempt, Policy, Audit, Batch, Document, Revision, Scan, Finding, Piece,
    RulingRow, Admission, PageView, Release, ReleaseItemRow, Publication, AnnualReport,
    DocumentText,
)  # fmt: skip
