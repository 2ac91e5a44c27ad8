"""What slips of the hand make of set phrases."""

from hypothesis import given
from hypothesis import strategies as st

from detection.slips import slips

WORDS = st.lists(st.text("甲乙丙丁戊己和", min_size=2, max_size=8), max_size=4, unique=True)


def test_one_character_stands_for_another() -> None:
    assert slips(["国务院"], [], ["院园", "务物"]) == {"国务园": "国务院", "国物院": "国务院"}


def test_one_is_left_out_or_two_change_places_in_a_longer_one() -> None:
    made = slips([], ["中国特色社会主义"], [])
    assert made["中国特社会主义"] == made["中国色特社会主义"] == "中国特色社会主义"
    assert "国特色社会主义" not in made


def test_what_is_right_in_another_phrase_is_no_slip() -> None:
    assert slips(["甲乙丙", "甲丁丙"], [], ["乙丁"]) == {}
    assert "住房城乡建设" not in slips([], ["住房和城乡建设"], [])


@given(WORDS, WORDS)
def test_no_slip_is_right(phrases: list[str], longer: list[str]) -> None:
    right = {*phrases, *longer}
    for wrong, meant in slips(phrases, longer, ["甲乙", "丙丁戊"]).items():
        assert meant in right
        assert not any(wrong in phrase for phrase in right)


def test_what_only_sounds_alike_is_taken_in_long_phrases_alone() -> None:
    made = slips(["残疾人", "安全生产"], [], [], ["产铲", "人认"])
    assert made == {"安全生铲": "安全生产"}
