"""What a list tells of each person: by the heads of its columns, never of what is starred out."""

from detection import load, scan
from detection.pieces import MASKED_ORDER, ORDER, pieces_of
from detection.report import Piece
from tests.detection.examples import grid


def pieces(*rows: tuple[str, ...]) -> tuple[Piece, ...]:
    reading = grid(rows)
    return pieces_of(reading.segments, scan(reading, load()))


def test_each_row_with_a_name_gives_its_kinds_and_village() -> None:
    found = pieces(
        ("姓名", "村组", "补助金额（元）", "残疾类别"),
        ("覃小满", "白石沟镇双碾坝村3组", "1200", "肢体二级"),
        ("石大有", "青石村1组", "800", ""),
    )
    assert [piece.person for piece in found] == ["覃小满", "石大有"]
    assert [piece.village for piece in found] == ["双碾坝村", "青石村"]
    assert set(found[0].kinds) == {"住址", "金额", "健康或残疾情况"}
    assert "健康或残疾情况" not in found[1].kinds, "an empty cell tells nothing"


def test_what_is_starred_out_whole_tells_nothing_and_an_end_does() -> None:
    (whole,) = pieces(("姓名", "身份证号"), ("覃小满", "******************"))
    (end,) = pieces(("姓名", "身份证号"), ("覃小满", "**************1234"))
    assert whole.kinds == ()
    assert end.kinds == ("身份证号（含部分）",)


def test_a_masked_name_and_a_text_without_a_table_give_none() -> None:
    assert pieces(("姓名", "金额"), ("覃**", "1200")) == ()
    assert pieces_of((), ()) == ()


def test_the_repr_holds_no_name() -> None:
    assert "覃" not in repr(Piece("覃小满", "双碾坝村", ("金额",)))


NAMES = ("覃小满", "骆青山", "万知秋", "岑怀远", "闻一舟", "欧阳青禾")


def order(*names: str) -> list[Piece]:
    found = pieces(("姓名", "金额"), *((name, str(90 + i)) for i, name in enumerate(names)))
    return [piece for piece in found if piece.kinds[0] in {ORDER, MASKED_ORDER}]


def test_a_list_and_the_same_list_masked_have_one_order() -> None:
    (whole,), (masked,) = order(*NAMES), order("覃**", "骆*山", "万**", "岑**", "闻某某", "欧阳**")
    assert whole.person == masked.person
    assert (whole.kinds, masked.kinds) == ((ORDER,), (MASKED_ORDER,))
    (turned,) = order("骆**", "覃**", "万**", "岑**", "闻**", "欧阳**")
    assert turned.person != masked.person


def test_a_short_list_has_no_order() -> None:
    assert order(*NAMES[:4]) == order("覃**", "骆**") == []
