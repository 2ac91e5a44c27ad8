"""Lists that are no tables, lists without heads, lists that go on: people are found in all."""

from detection import Severity, load, scan
from detection.finding import Finding
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines

PEOPLE = ("覃小满", "欧阳青禾", "骆青山", "万知秋")
ACCOUNTS = ("310101200012345", "310101200012346", "030101012000123", "220101200012347")


def told(reading: Reading) -> dict[str, str]:
    """What was found and must be looked at: the text and its rule."""
    return {f.text: f.rule for f in found(reading)}


def found(reading: Reading) -> list[Finding]:
    return [f for f in scan(reading, load()) if f.severity is not Severity.NOTE]


def rows(gap: str) -> str:
    body = [
        gap.join((str(n), name, "白石沟村", account, "640"))
        for n, (name, account) in enumerate(zip(PEOPLE, ACCOUNTS, strict=True), 1)
    ]
    return "\n".join(
        ("关于低保对象的公示", gap.join(("序号", "姓名", "村", "账号", "金额")), *body)
    )


def test_a_list_of_lines_parted_by_tabs_or_blanks() -> None:
    expected = dict.fromkeys(PEOPLE, "name") | dict.fromkeys(ACCOUNTS, "bank-account")
    for gap in ("\t", "    ", "　", " ", " | "):
        assert told(lines(rows(gap))) == expected, repr(gap)


def test_a_list_in_one_text_of_many_lines() -> None:
    reading = Reading(Kind.TXT, (Segment(Place(Part.BODY, paragraph=1), rows("\t")),))
    assert set(told(reading)) == {*PEOPLE, *ACCOUNTS}


def test_an_empty_field_does_not_shift_the_others() -> None:
    text = "姓名    住址              电话\n覃小满                    13800138000\n"
    text += "骆青山  白石沟村3组12号   13900139000"
    assert told(lines(text)) == {
        "覃小满": "name",
        "骆青山": "name",
        "白石沟村3组12号": "address",
        "13800138000": "phone",
        "13900139000": "phone",
    }


def test_a_name_a_line_with_a_number_or_a_remark() -> None:
    text = "1、覃小满（3组）\n2、骆青山（1组）\n3、万知秋（2组）\n4、岑怀远（3组）"
    assert set(told(lines(text))) == {"覃小满", "骆青山", "万知秋", "岑怀远"}


def test_no_head_at_all() -> None:
    table = [
        [name, "白石沟村", account, "90"] for name, account in zip(PEOPLE, ACCOUNTS, strict=True)
    ]
    expected = dict.fromkeys(PEOPLE, "name") | dict.fromkeys(ACCOUNTS, "bank-account")
    assert told(grid(table)) == expected
    assert told(grid(table, Part.TABLE)) == expected


def test_columns_of_other_things_are_not_taken_for_names() -> None:
    table = [
        ["作物", "村", "负责人", "面积"],
        ["水稻", "石桥村", "覃小满", "12.5"],
        ["高粱", "龙洞村", "骆青山", "8.75"],
        ["黄豆", "柏树垭村", "万知秋", "3.20"],
        ["马铃薯", "白石沟村", "岑怀远", "4.10"],
    ]
    assert told(grid(table)) == {}


def test_a_head_in_two_rows_and_under_a_merged_cell() -> None:
    table = [
        ["序号", "申请人信息", "", "家庭住", "开户"],
        ["", "姓名", "身份证", "址", "账号"],
        ["1", "覃小满", "50011419900307", "白石沟村3组", "31010120001"],
    ]
    assert told(grid(table)) == {
        "覃小满": "name",
        "50011419900307": "id-number",
        "白石沟村3组": "address",
        "31010120001": "bank-account",
    }


def test_a_list_that_goes_on_in_the_next_table_keeps_its_heads() -> None:
    first = [["序号", "姓名", "存折号"], ["1", "覃小满", "31010120001"]]
    second = [["2", "买买提", "31010120002"], ["3", "骆青山", "31010120003"]]
    segments = list(grid(first, Part.TABLE).segments)
    for segment in grid(second, Part.TABLE).segments:
        segments.append(segment._replace(place=segment.place._replace(table=2)))
    expected = {"覃小满": "name", "买买提": "name", "骆青山": "name"}
    expected |= dict.fromkeys(("31010120001", "31010120002", "31010120003"), "bank-account")
    assert told(Reading(Kind.DOCX, tuple(segments))) == expected


def test_several_people_and_remarks_in_one_cell() -> None:
    table = [
        ["户主", "家庭成员"],
        ["覃小满（低保）", "骆青山、万知秋"],
        ["陈　平", "岑怀远(长子)\n闻一舟(次女)"],
        ["买买提·艾力", "阿依古丽 13800138000"],
    ]
    names = {f.text for f in found(grid(table)) if f.rule == "name"}
    expected = {"覃小满", "骆青山", "万知秋", "陈　平", "岑怀远", "闻一舟", "买买提·艾力"}
    assert names == expected | {"阿依古丽"}


def test_a_column_is_a_finding_of_its_own() -> None:
    table = [["姓名", "身份证号"], ["覃小满", "500114199003070016"], ["牟春", "500114********0012"]]
    notes = [f for f in scan(grid(table), load()) if f.rule == "personal-column"]
    assert [(f.text, f.severity) for f in notes] == [
        ("姓名", Severity.NOTE),
        ("身份证号", Severity.NOTE),
    ]
    assert "共 2 格" in notes[0].reason
    assert "共 1 格" in notes[1].reason


def test_a_number_a_digit_a_cell() -> None:
    table = [["身份证号", *"500114199003070016"], ["手机", *"13800138000"]]
    values = {(f.rule, f.valid) for f in found(grid(table, Part.TABLE))}
    assert values >= {("id-number", True), ("phone", None)}
    whole = [f for f in found(grid(table, Part.TABLE)) if f.rule == "id-number" and f.valid]
    assert len(whole) == 18
    slide = [s._replace(place=s.place._replace(page=2)) for s in grid(table, Part.TABLE).segments]
    assert {f.rule for f in found(Reading(Kind.PPTX, tuple(slide)))} >= {"id-number", "phone"}


def paged(table: list[list[tuple[int, str]]]) -> Reading:
    """A table of a page: rows of (column, text), a row every 14 points."""
    segments = []
    for number, cells in enumerate(table, 1):
        for column, text in cells:
            box = (90.0 * column, 14.0 * number, 90.0 * column + 60, 14.0 * number + 10)
            place = Place(Part.TABLE, page=1, table=1, row=number, column=column, box=box)
            segments.append(Segment(place, text))
    return Reading(Kind.PDF, tuple(segments), pages=1)


def test_numbers_that_wrap_in_a_narrow_column_of_a_page() -> None:
    table = [
        [(1, "姓名"), (2, "身份证号"), (3, "电话")],
        [(1, "覃小满"), (2, "50011419"), (3, "1380013")],
        [(2, "90030700"), (3, "8000")],
        [(2, "16")],
        [(1, "骆青山"), (2, "50011419"), (3, "1390013")],
        [(2, "65123100"), (3, "9000")],
        [(2, "29")],
    ]
    values = {(f.rule, f.text) for f in found(paged(table)) if f.certainty > 0.7}
    assert values >= {
        ("id-number", "500114199003070016"),
        ("id-number", "500114196512310029"),
        ("phone", "13800138000"),
        ("phone", "13900139000"),
    }


def test_lines_side_by_side_are_a_table() -> None:
    """As in OFD and on pictures: no cells, only boxes."""
    rows = [("姓名", "卡号"), *zip(PEOPLE, ACCOUNTS, strict=True)]
    segments = []
    for number, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            box = (90.0 * column, 14.0 * number, 90.0 * column + 60, 14.0 * number + 10)
            segments.append(Segment(Place(Part.BODY, page=1, paragraph=number, box=box), text))
    expected = dict.fromkeys(PEOPLE, "name") | dict.fromkeys(ACCOUNTS, "bank-account")
    assert told(Reading(Kind.OFD, tuple(segments), pages=1)) == expected


def test_lines_of_many_short_fields() -> None:
    row = " ".join("123456789012")
    assert told(lines(f"{row}\n{row}\n{row}")) == {}


def test_prose_is_no_list() -> None:
    text = (
        "白石沟镇人民政府\n关于做好防汛工作的通知\n各村（社区）：\n一、提高认识\n二、落实责任\n"
        "特此通知。\n白石沟镇人民政府\n2026年3月7日\n联系人：办公室"
    )
    assert told(lines(text)) == {}


def test_a_chapter_about_people_heads_no_list_of_them() -> None:
    text = "第三章    特困人员供养\n无生活来源    抚养、扶养\n无劳动能力    扶养"
    assert told(lines(text)) == {}
