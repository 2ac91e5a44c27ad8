"""A large catalogue for measuring: one statement fills it, in the state every document begins in.

It writes into a throw-away home only. The rows are invented.
"""

from pathlib import Path

from models.disclosure import review
from models.disclosure.case import Origin
from models.kernel import base
from models.kernel.home import Home

_FILL = """
INSERT INTO document (state, name, kind, taken_from, original_sha256, registered_by_id, received_at,
                      updated_at, status, findings, open_findings, severity, title, document_number,
                      signed_on, attribute)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
SELECT 'received', '第' || i || '号文件.docx', CASE i % 3 WHEN 0 THEN 'docx' WHEN 1 THEN 'xlsx'
       ELSE 'pdf' END, '样例', printf('%064x', i), 1,
       strftime('%Y-%m-%dT%H:%M:%S', '2026-11-01', '-' || (i % 900) || ' days') || '.000000+00:00',
       strftime('%Y-%m-%dT%H:%M:%S', '2026-11-01', '-' || (i % 600) || ' days') || '.000000+00:00',
       'read', i % 7, i % 4, CASE i % 4 WHEN 0 THEN 9 ELSE i % 4 END,
       '关于白石沟镇' || (i * 7919 % 100003) || '号事项的通知', '白石府发〔2026〕' || i || '号',
       date('2026-11-01', '-' || (i % 700) || ' days'),
       CASE i % 5 WHEN 0 THEN '依申请公开' ELSE '主动公开' END
FROM n
"""

# Each with its original, examined by the rules in force: else it would be looked at again.
_REVISIONS = """
INSERT INTO revision (document_id, ordinal, origin, sha256, size, kind, name, made_by_id, made_at)
SELECT id, 1, ?, original_sha256, 7000, kind, name, 1, received_at FROM document
"""
_SCANS = """
INSERT INTO scan (revision_id, status, kind, image_pages, characters, seconds, rulebook, troubles,
                  made_at)
SELECT id, 'read', kind, '[]', 700, 0.1, ?, '[]', made_at FROM revision
"""
_LINKS = """
UPDATE document SET (revision_id, scan_id) = (
    SELECT revision.id, scan.id FROM revision JOIN scan ON scan.revision_id = revision.id
    WHERE revision.document_id = document.id)
"""


def fill(root: Path, rows: int) -> None:
    """Put `rows` documents into the empty catalogue at `root`."""
    base.open_catalogue(Home(root), create=False)
    try:
        base.execute(_FILL, (rows,))
        base.execute(_REVISIONS, (Origin.ORIGINAL.value,))
        base.execute(_SCANS, (review.newest_rulebook(),))
        base.execute(_LINKS)
    finally:
        base.close_catalogue()
