"""Numbers in words and look-alike letters become digits, character for character."""

from hypothesis import given
from hypothesis import strategies as st

from detection.normal import normalise
from detection.numerals import in_digits

WORDS = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖"


def test_a_number_in_words_becomes_digits() -> None:
    assert in_digits("手机一三八〇〇一三八〇〇〇。") == "手机13800138000。"
    assert in_digits("伍零零壹壹肆壹玖玖零零叁零柒零零壹陆") == "500114199003070016"
    assert in_digits("138零零138零零零") == "13800138000"


def test_dates_and_words_stay() -> None:
    for text in (
        "二〇二六年三月七日",
        "一二三产业融合",
        "一九九〇年",
        "OIl",
        "OOOOOOOOOOO",
        "三三两两",
    ):
        assert in_digits(text) == text


def test_letters_that_look_like_digits() -> None:
    assert in_digits("5OO114l99003070016") == "500114199003070016"
    assert in_digits("ID:lOO-Illinois") == "ID:lOO-Illinois"


@given(st.text(alphabet=WORDS + "0123456789OoIlXx年月 a", max_size=60))
def test_the_length_never_changes(text: str) -> None:
    assert len(in_digits(text)) == len(text)


@given(st.text(alphabet=WORDS, min_size=11, max_size=30))
def test_no_word_is_left_in_a_long_number(text: str) -> None:
    assert in_digits(text).isdigit()


@given(st.text(alphabet=WORDS + "0123456789１３OoIlＯXx月 —\u200b⺓", max_size=40))
def test_where_nothing_is_spelt_nothing_becomes_digits(text: str) -> None:
    flat = normalise(text)
    assert flat.spelt or in_digits(flat.text) == flat.text
