"""Bare personal data leave a finding only where they must: no repr, no masked text, no log."""

import logging
import pickle

import pytest

from detection import examine, load, report_json, scan
from detection.visible import plain_of, title_of
from formats.reading import Kind, Part, Place, Reading, Segment

SECRETS = (
    "500114199003070016",
    "6217000010001234569",
    "13800138000",
    "50011419900307001643",
    "qinxiaoman",
    "渝A12345",
)
TEXT = (
    "覃小满 500114199003070016 卡号6217000010001234569 电话13800138000 "
    "残疾证50011419900307001643 qinxiaoman@qq.com 渝A12345"
)


def reading() -> Reading:
    comment = Segment(Place(Part.COMMENT, paragraph=1), TEXT, visible=False)
    name = Segment(Place(Part.NAME), "500114199003070016.txt")
    return Reading(Kind.TXT, (name, Segment(Place(Part.BODY, paragraph=1), TEXT), comment))


def test_no_repr_holds_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    found = scan(reading(), load())
    assert len(found) >= 2 * len(SECRETS)
    shown = repr(found) + repr(reading().segments) + caplog.text + repr(load().rules)
    assert not [s for s in SECRETS if s in shown]


def test_what_is_stored_is_masked() -> None:
    whole = reading()
    found = scan(whole, load())
    stored = "\n".join(f.masked for f in found) + plain_of(whole, found) + title_of(whole)
    assert not [s for s in SECRETS if s in stored]
    assert all(f.masked != f.text for f in found)


def test_suggestions_do_not_restore() -> None:
    found = scan(reading(), load())
    assert not [s for s in SECRETS for f in found if s in f.suggest]


def test_json_reveals_only_when_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("office") / "名单.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = examine(path, load())
    assert not [s for s in SECRETS if s in str(report_json("名单.txt", report, reveal=False))]
    revealed = str(report_json("名单.txt", report, reveal=True))
    assert all(s in revealed for s in SECRETS)


def test_a_finding_can_cross_a_pipe() -> None:
    found = scan(reading(), load())
    assert pickle.loads(pickle.dumps(found)) == found
