"""The normaliser: look-alikes change, invisible characters go, every span maps back exactly."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.normal import _USUAL, END, JOIN, _becomes, normalise, plain

AWKWARD = (
    "\ud800"
    "\u200b\u200d\u202e\ufeff\ufe0f\u00ad\u0301０９Ｘ⾝⺠★☆＊①²½㎡\u3000\u00a0—·\t\n\r身份证1Xa"
)

texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters()), max_size=60).filter(
    lambda t: END not in t and JOIN not in t
)


@given(texts)
def test_each_character_maps_back_to_the_one_it_came_from(text: str) -> None:
    flat = normalise(text)
    for offset, character in enumerate(flat.text):
        came_from = text[flat.raw(offset)]
        assert plain(came_from) == character


@given(texts)
def test_offsets_rise_and_what_is_skipped_is_invisible(text: str) -> None:
    flat = normalise(text)
    raws = [flat.raw(offset) for offset in range(len(flat.text))]
    assert raws == sorted(set(raws))
    skipped = set(range(len(text))) - set(raws)
    assert all(unicodedata.category(text[i]) in {"Cf", "Mn", "Me"} for i in skipped)


@given(texts, st.data())
def test_a_span_normalises_to_what_was_found(text: str, data: st.DataObject) -> None:
    flat = normalise(text)
    if not flat.text:
        return
    start = data.draw(st.integers(0, len(flat.text) - 1))
    end = data.draw(st.integers(start + 1, len(flat.text)))
    first, last = flat.span(start, end)
    assert plain(text[first:last]) == flat.text[start:end]


def test_usual_characters_stay_as_they_are() -> None:
    usual = [chr(code) for low, high in _USUAL for code in range(low, high + 1)]
    assert [c for c in usual if c not in "\0\x02" and _becomes(c) != c] == []


@given(texts)
def test_once_is_enough(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_no_radical_of_the_supplement_is_left() -> None:
    """PDF text comes with them; NFKC leaves all but two."""
    for code in range(0x2E80, 0x2FD6):
        if unicodedata.name(chr(code), None):
            becomes = plain(chr(code))
            assert len(becomes) == 1
            assert not 0x2E80 <= ord(becomes) <= 0x2FD5, hex(code)


@pytest.mark.parametrize(
    ("raw", "flat"),
    [
        ("⾝份证", "身份证"),
        ("村⺠", "村民"),
        ("１３８", "138"),
        ("Ⅹ", "X"),
        ("秘\u200b密☆１０年", "秘密★10年"),
        ("（一）", "(一)"),
        ("138\u30000013", "138 0013"),
        ("a\r\nb", "a\n\nb"),
        ("①138", "①138"),
        ("2²", "2²"),
        ("𝟏𝟑𝟖", "138"),
        ("١٣٨", "138"),
        ("138—0013", "138-0013"),
    ],
)
def test_samples(raw: str, flat: str) -> None:
    assert plain(raw) == flat


@given(st.text(alphabet="一1a\u200b\u202a", max_size=40), st.integers(0, 40))
def test_a_raw_offset_leads_to_the_first_character_left(raw: str, offset: int) -> None:
    offset = min(offset, len(raw))
    flat = normalise(raw)
    assert flat.text[flat.flat(offset) :] == normalise(raw[offset:]).text
