"""A list made fit for a matter: what may be shown is a whitelist."""

import pytest

from exporters import profiles
from formats.reading import Kind, Part, Place, Reading, Segment
from models.kernel.errors import Refused


def sheet(*rows: list[str], visible: bool = True) -> Reading:
    segments = [
        Segment(Place(Part.CELL, sheet="名单", row=r, column=c), text, visible=visible)
        for r, cells in enumerate(rows, 1)
        for c, text in enumerate(cells, 1)
        if text
    ]
    return Reading(Kind.XLSX, tuple(segments))


def emptied(reading: Reading) -> set[str]:
    texts = {s.place: s.text for s in reading.segments}
    return {texts[m.place] for m in profiles.marks(reading, profiles.named("低保公示"))}


def test_columns_not_on_the_whitelist_are_emptied_with_their_heads() -> None:
    rows = (
        ["白石沟镇低保名单"],
        ["序号", "姓名", "困难原因", "月保障金额（元）"],
        ["1", "覃小满", "因病", "620"],
        ["2", "骆青山", "因残", "540"],
    )
    assert emptied(sheet(*rows)) == {"困难原因", "因病", "因残"}


def test_an_id_column_goes_whatever_the_matter_says() -> None:
    rows = (["姓名", "身份证号", "保障金额"], ["覃小满", "无", "620"])
    assert emptied(sheet(*rows)) == {"身份证号", "无"}


def test_a_matter_nobody_knows_is_refused_with_those_known() -> None:
    with pytest.raises(Refused) as refusal:
        profiles.named("没有的事项")
    assert "低保公示" in refusal.value.reasons[0]


def test_a_file_without_a_list_is_refused() -> None:
    with pytest.raises(Refused):
        profiles.marks(sheet(["关于停水的通知"], ["今天停水"]), profiles.named("低保公示"))
