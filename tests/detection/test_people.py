"""Who is named in a whole text: rows share what is said of them, company lowers the bar."""

from detection.people import People
from detection.sheaf import sheaves
from tests.detection.examples import lines, signs_of


def private(text: str) -> set[str]:
    people = People()
    for sheaf in sheaves(lines(text).segments):
        people.read(sheaf, signs_of(sheaf.text))
    return {name for (_, name), one in people.named().items() if one.is_private}


def test_a_row_shares_what_is_said_before_its_first_and_after_its_last() -> None:
    assert private("救助对象：覃小满、骆青山和万知秋") == {"覃小满", "骆青山", "万知秋"}
    assert private("由覃小满、骆青山、万知秋三名专家评审。") == set()


def test_where_one_is_named_beyond_doubt_less_is_enough_for_the_next() -> None:
    alone = "限路明在收到本通知后自行拆除。"
    assert private(alone) == set()
    assert private("村民覃小满，男，62岁。村民骆青山因病住院。\n" + alone) >= {"路明"}


def test_officials_alone_name_nobody() -> None:
    assert private("镇长覃小满主持会议，副镇长骆青山通报情况。") == set()


def test_a_person_of_a_column_of_names_is_no_official_for_that() -> None:
    people = People()
    people.add(None, "覃小满")
    people.add(None, "习近平")
    assert [name for _, name in people.named()] == ["覃小满"]
    assert people.named()[None, "覃小满"].because == "依据：表格的姓名列里有同一姓名。"
