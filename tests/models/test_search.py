"""Full-text search: one, two and more characters, other letters, and hostile input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import queries
from models.disclosure import documents, search
from models.kernel import base
from models.kernel.home import Home
from models.queries import DocumentFilter
from tests import office
from tests.office import People


def ids(text: str) -> set[int]:
    return set(queries.document_ids(DocumentFilter(text=text)))


@pytest.fixture
def three(home: Home, who: People) -> tuple[int, int, int]:
    return (
        office.register_text(home, who.drafter, "青桐沟水库移民低保金发放名单公示", title="公示甲"),
        office.register_text(home, who.drafter, "WPS Office 报表 2026年度，覃䶮𠮷", title="表格乙"),
        office.register_text(home, who.drafter, "完全无关", title="丙", name="沟渠附件.txt"),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("沟", {0, 2}), ("低保", {0}), ("保低", set()), ("青桐沟水库移民", {0}),
        ("青桐沟移民", set()), ("青桐 移民", {0}), ("移民 报表", set()), ("沟 公示", {0}),
        ("wps", {1}), ("ＷＰＳ", {1}), ("off", {1}), ("2026", {1}), ("2026年", {1}), ("26", set()),
        ("䶮", {1}), ("𠮷", {1}), ("䶮𠮷", {1}), ("表格乙", {1}), ("txt", {0, 1, 2}),
        ("白石沟", {0, 1, 2} - {3}), ("", {0, 1, 2}), ("   ", {0, 1, 2}), ("，。“”", set()),
    ],
)  # fmt: skip
def test_what_is_found(three: tuple[int, int, int], text: str, found: set[int]) -> None:
    # The organ's name, 白石沟镇人民政府, is a field of all three and holds a 沟 too.
    expected = {0, 1, 2} if text == "沟" else {0, 1, 2} if text == "白石沟" else found
    expected = {0} if text == "沟 公示" else expected
    assert ids(text) == {three[index] for index in expected}


HOSTILE = st.text(
    st.sampled_from("\"'*():^-+{}[]~;%_\\ \x00沟低保aANDORNEAR0") | st.characters(), max_size=30
)


def test_no_typed_character_is_syntax(three: tuple[int, int, int]) -> None:
    @given(HOSTILE)
    def ask(text: str) -> None:
        ids(text)

    ask()


@pytest.mark.parametrize("text", ['"', "a* OR b", "single:沟", "NEAR(沟 渠)", '") OR 1=1 --'])
def test_words_of_the_query_language_are_words(three: tuple[int, int, int], text: str) -> None:
    assert isinstance(ids(text), set)


def test_what_changed_is_forgotten(home: Home, who: People, three: tuple[int, int, int]) -> None:
    documents.edit(three[0], {"title": "改过的标题"}, who.drafter)
    assert ids("公示甲") == set()
    assert ids("改过") == {three[0]}
    assert ids("低保") == {three[0]}
    office.clean_text(home, who.drafter, three[0], "遮盖后的正文")
    assert ids("低保") == set()
    assert ids("遮盖后") == {three[0]}


def test_the_index_stays_sound(home: Home, who: People, three: tuple[int, int, int]) -> None:
    for number in range(5):
        documents.edit(three[0], {"summary": f"第{number}次概述"}, who.drafter)
    assert ids("概述") == {three[0]}
    base.execute("INSERT INTO document_index(document_index) VALUES('integrity-check')")
    rows = base.fetch("SELECT count(*) FROM document_index WHERE document_index MATCH 'pair:概述'")
    assert rows == [(1,)]


def test_it_is_in_the_act(home: Home, who: People) -> None:
    def fail() -> None:
        with base.transaction():
            office.register_text(home, who.drafter, "半途而废")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert ids("半途") == set()


@given(st.text(max_size=40))
def test_every_run_of_a_text_is_found_by_its_own_words(text: str) -> None:
    single, pair = search.tokens(text)
    query = search.match(text)
    if text.strip():
        assert query
    assert '"' not in single + pair
