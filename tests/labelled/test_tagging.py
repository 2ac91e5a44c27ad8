"""The weights of the tagger are learned from marked lines, and found again in others."""

from detection.tagger import Tagger
from tests.labelled import tagging
from tests.labelled.told import unmarked

_TOLD = [
    "村民⟦n:覃小满⟧家住⟦h:双碾坝3组⟧，反映路灯不亮。",
    "村民⟦n:骆青山⟧家住⟦h:岩湾2组⟧，反映路灯不亮。",
    "村民⟦n:万知秋⟧家住⟦h:老街12号⟧，反映路灯不亮。",
    "村民⟦n:舒明月⟧家住⟦h:河口5组⟧，反映路灯不亮。",
    "双碾坝3组的路灯坏了。",
    "老街12号药房开业。",
    "镇里修好了岩湾2组的路。",
    "路灯不亮，已派人修理。",
]


def test_what_was_marked_is_found_in_lines_that_were_not_told() -> None:
    lines = [unmarked(line) for line in _TOLD * 5]
    found = {kind: tagging.learned(lines, mark) for kind, mark in (("name", "n"), ("home", "h"))}
    read = Tagger("\n".join(tagging.table(found)))
    line = "村民覃青山家住老街3组,反映路灯不亮。"
    assert [(one.kind, line[one.start : one.end]) for one in read.read([line])] == [
        ("name", "覃青山"),
        ("home", "老街3组"),
    ]
    assert not list(read.read(["老街3组的路灯坏了。"]))


def test_the_same_lines_give_the_same_table() -> None:
    lines = [unmarked(line) for line in _TOLD * 5]
    first, second = ("\n".join(tagging.table({"home": tagging.learned(lines, "h")})) for _ in "12")
    assert first == second
