"""Paragraphs of a page: what breaks at the end of a line is found over both lines."""

from detection import load, scan
from detection.flow import running_on
from formats.reading import Kind, Part, Place, Reading, Segment

WIDTH = 15.0


def page(
    *lines: str,
    left: float = 60,
    indents: dict[int, int] | None = None,
    narrow: dict[int, float] | None = None,
) -> Reading:
    """A page of lines, WIDTH points a character, each one line below the last.

    `narrow`: how many characters' width a line ends before its last character would.
    """
    segments = []
    for number, text in enumerate(lines):
        start = left + WIDTH * (indents or {}).get(number, 0)
        top = 40 + 21.0 * number
        end = start + WIDTH * (len(text) - (narrow or {}).get(number, 0))
        box = (start, top, end, top + WIDTH)
        segments.append(Segment(Place(Part.BODY, page=1, paragraph=number + 1, box=box), text))
    return Reading(Kind.PDF, tuple(segments))


def found(reading: Reading, rule: str) -> list[tuple[int | None, str]]:
    """(line, the characters found there) for each find of the rule."""
    return [
        (f.place.paragraph, reading.segments[(f.place.paragraph or 1) - 1].text[slice(*f.span)])
        for f in scan(reading, load())
        if f.rule == rule
    ]


def test_a_name_breaks_at_the_end_of_a_line() -> None:
    reading = page("经入户核查，白石沟村三组的村民骆青", "山反映的情况属实，已经办结。")
    assert found(reading, "person-in-text") == [(1, "骆青"), (2, "山")]


def test_the_word_for_a_number_breaks() -> None:
    reading = page("村民骆青山参加本次公开招聘，准考证", "号54674166872，已经通过。")
    assert found(reading, "exam-number") == [(2, "54674166872")]


def test_an_address_breaks() -> None:
    reading = page("村民骆青山现在家住白石沟镇双碾坝村", "3组12号，由其女照顾。")
    assert found(reading, "address-in-text") == [(1, "白石沟镇双碾坝村"), (2, "3组12号")]


def test_a_mask_breaks() -> None:
    first = "骆青山，男，1965年3月7日生，身份证500114***"
    reading = page(first, "*****0016，已经领取补助。")
    assert found(reading, "mask-beside-birth") == [(1, "500114***"), (2, "*****0016")]


def test_a_value_breaks_on_a_page_where_a_closing_mark_hangs_over_the_edge() -> None:
    hanging = "一" * 29 + "：，"
    said = "柴子荣，530531199707111617，农商银行，34"
    narrow = dict.fromkeys((2, 4), 0.5)
    reading = page(
        hanging,
        "二",
        said,
        "16848916265349719。",
        "E-mail: dddeuz68@mail.example.",
        "cn",
        narrow=narrow,
    )
    assert found(reading, "bank-account") == [(3, "34"), (4, "16848916265349719")]
    assert found(reading, "email") == [(5, "dddeuz68@mail.example."), (6, "cn")]


def test_a_mark_below_a_full_line_stays_alone() -> None:
    reading = page("锦川县白石沟镇人民政府办公室来文登记", "秘密★10年", "关于做好有关工作的通知")
    assert found(reading, "state-secret-mark") == [(2, "秘密★10年")]


def test_which_lines_go_on() -> None:
    full, short = "一" * 30, "一" * 9
    assert running_on(page(full, short, full, short).segments) == {0, 2}
    assert running_on(page(full, full, short, indents={1: 2}).segments) == {1}
    assert running_on(page(full[:-1] + "。", short).segments) == frozenset()
    assert running_on(page(short, short).segments) == frozenset()
    assert running_on((Segment(Place(Part.BODY), full), Segment(Place(Part.BODY), short))) == set()
