"""Who is named once is found everywhere; facts are told of the person they belong to."""

from detection import Finding, load, scan
from detection.linking import PERSON
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines


def found(text: str) -> list[Finding]:
    return list(scan(lines(text), load()))


def names(text: str) -> list[str]:
    return [f.text for f in found(text) if f.rule == PERSON]


def of(text: str, rule: str) -> list[tuple[str, str]]:
    return [(f.text, f.reason.split("。")[1]) for f in found(text) if f.rule == rule]


def test_a_name_certain_once_is_found_at_every_mention() -> None:
    text = "村民覃小满，男，1960年生。\n昨日覃小满。\n“覃小满”"
    assert names(text) == ["覃小满"] * 3


def test_a_reason_names_its_evidence_and_never_the_person() -> None:
    finding = found("村民覃小满反映道路中断。")[0]
    assert "前面写着“村民”" in finding.reason
    assert "后面写着“反映”" in finding.reason
    assert "覃小满" not in finding.reason


def test_an_official_is_one_at_every_mention() -> None:
    assert names("副镇长覃小满介绍了情况。\n覃小满说，要抓紧施工。") == []
    assert names("组长：覃小满（镇党委书记）\n成员：骆青山、万知秋") == []


def test_members_of_an_archive_are_documents_of_their_own() -> None:
    segments = (
        Segment(Place(Part.BODY, "a.txt", paragraph=1), "镇长覃小满主持会议。"),
        Segment(Place(Part.BODY, "b.txt", paragraph=1), "村民覃小满家中失火。"),
    )
    hits = [f for f in scan(Reading(Kind.ZIP, segments), load()) if f.rule == PERSON]
    assert [f.place.member for f in hits] == ["b.txt"]


def test_a_name_in_a_column_is_found_in_the_text_beside_the_table() -> None:
    table = grid([("姓名", "金额"), ("万知秋", "100"), ("骆青山", "200")], Part.TABLE)
    prose = Segment(Place(Part.BODY, paragraph=9), "其中骆青山多领。")
    hits = scan(Reading(Kind.DOCX, (*table.segments, prose)), load())
    assert [f.text for f in hits if f.rule == PERSON] == ["骆青山"]


def test_a_cell_of_nothing_but_a_name_is_left_to_its_column() -> None:
    rows = [("事项", "说明"), ("覃小满", "村民覃小满反映道路中断。")]
    hits = [f for f in scan(grid(rows), load()) if f.rule == PERSON]
    assert [f.place.column for f in hits] == [2]


def test_a_fact_is_told_of_the_nearest_name_in_its_sentence() -> None:
    text = "村民覃小满患尿毒症，骆青山家中失火。其妻患有肺癌。"
    (first, whose), (second, other) = of(text, "illness-in-text")
    assert (first, second) == ("患尿毒症", "患有肺癌")
    assert whose.endswith("与“覃**”写在一起")
    assert other.endswith("与“骆**”写在一起")
    ((crime, whose),) = of("刑满释放人员万知秋已返乡。", "crime-record")
    assert crime == "刑满释放人员"
    assert whose.endswith("与“万**”写在一起")


def test_policy_in_the_same_paragraph_is_told_of_nobody() -> None:
    assert of("村民覃小满反映道路中断。对尿毒症患者给予救助。", "illness-in-text") == []
    assert of("患尿毒症的，给予救助。", "illness-in-text") == []


def test_a_name_that_goes_on_as_a_place_is_none() -> None:
    assert names("村民赵明反映道路中断。\n赵明村道路中断。") == ["赵明"]


def test_what_a_name_leaves_of_a_place_is_no_home() -> None:
    assert of("石坎村3组陈家大院入选传统村落。", "address-in-text") == []


def test_the_address_in_the_next_field_is_his() -> None:
    text = "救助对象：覃小满；地址：滨江社区环城路131号；金额：2000元。"
    ((home, why),) = of(text, "address-in-text")
    assert home == "滨江社区环城路131号"
    assert why.endswith("与“覃**”写在一起")
