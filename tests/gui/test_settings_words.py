"""The words of the audit log."""

from datetime import UTC, datetime

import pytest

from gui.pages.settings_words import remark
from models.queries.rows import AuditRow


def row(reason: str, detail: str) -> AuditRow:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return AuditRow(1, at, "覃小满", "publish", "document", 3, "", "", "", reason, detail, "", "")


@pytest.mark.parametrize(
    ("reason", "detail", "words"),
    [
        ("村民要求撤回", '{"url": "http://www.example.gov.cn/1"}', "村民要求撤回"),
        (
            "",
            '{"channel": "网站", "url": "http://www.example.gov.cn/1", "date": "2026-11-23"}',
            "网站 2026-11-23 http://www.example.gov.cn/1",
        ),
        ("", '{"label": "身份证号码"}', "身份证号码"),
        ("", '{"name": "第一批"}', "第一批"),
        ("", "not json", ""),
        ("", "[]", ""),
    ],
)
def test_an_entry_says_what_was_done(reason: str, detail: str, words: str) -> None:
    assert remark(row(reason, detail)) == words
