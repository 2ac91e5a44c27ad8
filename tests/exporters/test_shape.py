"""Titles break into a trapezium or a diamond and never inside a word (7.3.1)."""

import pytest

from exporters.gbt9704.shape import lines, width

TITLES = [
    ("白石沟镇2026年8月农村低保对象公示", 1),
    ("白石沟镇人民政府关于2026年第三季度城乡最低生活保障对象审核确认情况的公示", 2),
    ("白石沟镇人民政府关于印发白石沟镇2026年度政务公开工作实施方案的通知", 2),
    ("白石沟镇人民政府2025年政府信息公开工作年度报告", 2),
]


@pytest.mark.parametrize(("title", "count"), TITLES)
def test_lines_join_to_the_title_and_fit(title: str, count: int) -> None:
    found = lines(title)
    assert "".join(found) == title
    assert len(found) == count
    assert max(map(width, found)) <= 20


@pytest.mark.parametrize("title", [title for title, _ in TITLES])
@pytest.mark.parametrize(
    "word", ["人民政府", "最低生活保障", "2026", "通知", "公示", "年度报告", "实施方案"]
)
def test_no_word_is_broken(title: str, word: str) -> None:
    found = lines(title)
    assert sum(line.count(word) for line in found) == title.count(word)


def test_a_line_never_begins_with_a_particle_or_a_closing_mark() -> None:
    for title, _ in TITLES:
        assert not any(line[0] in "的了和及与、，）》" for line in lines(title))


def test_the_officers_own_breaks_are_kept() -> None:
    assert lines("白石沟镇人民政府\n关于防汛的通告") == ["白石沟镇人民政府", "关于防汛的通告"]


def test_three_lines_form_no_hourglass() -> None:
    title = (
        "白石沟镇人民政府关于进一步做好2026年冬春救助资金发放"
        "和农村危房改造对象审核确认公示有关工作的通知"
    )
    found = [width(line) for line in lines(title)]
    assert len(found) == 3
    assert not found[0] > found[1] < found[2]


def test_a_very_long_title_still_comes_out_whole() -> None:
    title = "关于" + "甲乙丙丁戊己庚辛壬癸" * 12 + "的通知"
    assert "".join(lines(title)) == title
