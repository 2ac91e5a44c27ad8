"""Names that every system takes and that hide nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.safe_names import LONGEST, safe, suffix_of


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于防汛的通知", "关于防汛的通知.docx"),
        ('a/b\\c:d*e?f"g<h>i|j', "a／b＼c：d＊e？f”g〈h〉i｜j.docx"),
        ("通知\u202excod.exe", "通知xcod.exe.docx"),
        ("零\u200b宽\ufeff字", "零宽字.docx"),
        ("换\r\n行\t制表", "换 行 制表.docx"),
        ("  末尾点. . ", "末尾点.docx"),
        ("..", "未命名.docx"),
        ("", "未命名.docx"),
        ("CON", "_CON.docx"),
        ("com1.txt", "_com1.txt.docx"),
        ("../../etc/passwd", "／..／etc／passwd.docx"),
    ],
)
def test_names(title: str, name: str) -> None:
    assert safe(title, ".docx") == name


def test_the_same_title_twice_gets_a_number_whatever_its_case() -> None:
    assert safe("ABC", ".docx", ["abc.DOCX"]) == "ABC-2.docx"
    assert safe("通知", ".docx", ["通知.docx", "通知-2.docx"]) == "通知-3.docx"


@given(st.text(max_size=300), st.sampled_from([".docx", ".xlsx", ""]))
def test_any_title_gives_a_name_a_disk_takes(title: str, suffix: str) -> None:
    name = safe(title, suffix)
    assert name.endswith(suffix)
    assert 0 < len(name) <= LONGEST + len(suffix) + 1
    assert len(name.encode()) <= 255 + len(suffix)
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
    assert not name.startswith(" ")
    assert not name.endswith((" ", "."))


@pytest.mark.parametrize(
    ("kind", "name", "suffix"),
    [("docx", "a.exe", ".docx"), ("jpg", "照片.png", ".jpg"), ("unknown", "a.WPS", ".wps"),
     ("unknown", "没有后缀", ""), ("unknown", "a.b c", "")],
)  # fmt: skip
def test_the_ending_follows_the_bytes(kind: str, name: str, suffix: str) -> None:
    assert suffix_of(kind, name) == suffix
