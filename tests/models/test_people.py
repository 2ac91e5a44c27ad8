"""Signing in, and who may change the officers and the office."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from models.kernel import base, passwords, people, policy
from models.kernel.home import Home
from models.kernel.person import NewPerson, Person, Role, role_names
from models.kernel.policy import Office
from tests import office
from tests.office import PASSWORD, People, reasons

UNKNOWN = "姓名或密码不对。请重新输入；忘了密码请找管理员重设。"


def test_the_right_password_signs_in(who: People) -> None:
    assert people.sign_in(" 覃小满 ", PASSWORD) == who.drafter
    assert base.fetch("SELECT action FROM audit ORDER BY id DESC LIMIT 1") == [("sign-in",)]


@pytest.mark.parametrize("name", ["覃小满", "没有这人", ""])
def test_a_wrong_name_and_a_wrong_password_read_the_same(who: People, name: str) -> None:
    assert reasons(lambda: people.sign_in(name, "wrong-password")) == (UNKNOWN,)


def test_who_has_left_does_not_sign_in(who: People) -> None:
    people.deactivate(who.head.id, who.admin)
    assert reasons(lambda: people.sign_in("石大有", PASSWORD)) == (UNKNOWN,)


@pytest.mark.parametrize("name", ["覃小满", "没有这人"])
def test_failures_slow_down_and_lock(
    who: People, name: str, pass_time: Callable[[timedelta], None]
) -> None:
    for _ in range(3):
        assert reasons(lambda: people.sign_in(name, "wrong-password")) == (UNKNOWN,)
    for wait in (2, 4, 8):
        (said,) = reasons(lambda: people.sign_in(name, PASSWORD))
        assert "请等" in said
        assert "秒" in said
        pass_time(timedelta(seconds=wait + 1))
        assert reasons(lambda: people.sign_in(name, "wrong-password")) == (UNKNOWN,)
    assert "15 分钟" in reasons(lambda: people.sign_in(name, PASSWORD))[0]
    locked = base.fetch("SELECT count(*) FROM audit WHERE action = 'locked'")[0][0]
    assert locked == (name == "覃小满")


def test_a_lock_outlives_a_restart(
    home: Home, who: People, pass_time: Callable[[timedelta], None]
) -> None:
    for _ in range(6):
        reasons(lambda: people.sign_in("覃小满", "wrong-password"))
        pass_time(timedelta(seconds=10))
    base.close_catalogue()
    base.open_catalogue(home, create=False)
    assert "请等" in reasons(lambda: people.sign_in("覃小满", PASSWORD))[0]
    pass_time(timedelta(minutes=15))
    assert people.sign_in("覃小满", PASSWORD) == who.drafter


def test_one_officers_lock_is_not_anothers(who: People) -> None:
    for _ in range(3):
        reasons(lambda: people.sign_in("覃小满", "wrong-password"))
    assert people.sign_in("石大有", PASSWORD) == who.head


def test_signing_in_forgets_the_failures(who: People) -> None:
    reasons(lambda: people.sign_in("覃小满", "wrong-password"))
    people.sign_in("覃小满", PASSWORD)
    assert base.fetch("SELECT * FROM sign_in_attempt") == []


def test_old_failures_are_swept(who: People, pass_time: Callable[[timedelta], None]) -> None:
    reasons(lambda: people.sign_in("没有这人", "wrong-password"))
    pass_time(timedelta(days=2))
    reasons(lambda: people.sign_in("也没有这人", "wrong-password"))
    assert len(base.fetch("SELECT * FROM sign_in_attempt")) == 1


def test_neither_name_nor_password_is_kept(
    home: Home, who: People, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reasons(lambda: people.sign_in("my-password-in-the-wrong-box", "another-secret-word"))
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = home.catalogue.read_bytes()
    for word in ("my-password-in-the-wrong-box", "another-secret-word", PASSWORD):
        assert word.encode() not in kept
        assert word not in caplog.text
    assert PASSWORD not in repr(NewPerson("甲", frozenset({Role.HEAD}), PASSWORD))


def test_a_hash_of_another_cost_is_made_anew(who: People, monkeypatch: pytest.MonkeyPatch) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: dearer)
    people.sign_in("覃小满", PASSWORD)
    stored = base.fetch("SELECT password FROM officer WHERE id = ?", (who.drafter.id,))[0][0]
    assert "t=2" in stored
    assert people.sign_in("覃小满", PASSWORD) == who.drafter


def test_a_damaged_hash_fits_nothing() -> None:
    assert not passwords.fits("no hash at all", PASSWORD)


def test_add_an_officer(who: People) -> None:
    new = NewPerson("田守夜", frozenset({Role.DRAFTER, Role.HEAD}), PASSWORD)
    assert people.add(new, who.admin).officers
    person = people.sign_in("田守夜", PASSWORD)
    assert person.posts == "承办人、科室负责人"
    assert people.by_name("田守夜") == person
    assert people.by_name("没有这人") is None
    assert people.everyone()[-1] == person


def test_what_stands_against_an_officer(who: People) -> None:
    wrong = NewPerson("覃小满", frozenset(), "short")
    assert len(reasons(lambda: people.add(wrong, who.admin))) == 3
    nameless = NewPerson(" ", frozenset({Role.HEAD}), PASSWORD)
    assert reasons(lambda: people.add(nameless, who.admin)) == (
        "有一位人员没有写姓名。请填写姓名。",
    )


def acts(who: People) -> list[Callable[[Person], object]]:
    new = NewPerson("田守夜", frozenset({Role.HEAD}), PASSWORD)
    return [
        lambda by: people.add(new, by),
        lambda by: people.set_roles(who.head.id, frozenset({Role.LEADER}), by),
        lambda by: people.set_password(who.head.id, "another-password", by),
        lambda by: people.deactivate(who.head.id, by),
        lambda by: policy.change(replace(who.office, court="另一法院"), by),
    ]


@pytest.mark.parametrize("number", range(5))
def test_only_an_administrator_changes_things(who: People, number: int) -> None:
    act = acts(who)[number]
    assert "只有管理员" in reasons(lambda: act(who.drafter))[0]
    pretender = replace(who.drafter, roles=frozenset({Role.ADMIN}))
    assert "只有管理员" in reasons(lambda: act(pretender))[0]
    stranger = Person(99, "外人", frozenset({Role.ADMIN}))
    assert "请重新登录" in reasons(lambda: act(stranger))[0]
    impostor = replace(who.admin, name="外人")
    assert "请重新登录" in reasons(lambda: act(impostor))[0]
    before = base.fetch("SELECT count(*) FROM audit")[0][0]
    act(who.admin)
    assert base.fetch("SELECT count(*) FROM audit")[0][0] == before + 1


def test_an_administrator_who_left_is_none(who: People) -> None:
    second = NewPerson("田守夜", frozenset({Role.ADMIN}), PASSWORD)
    people.add(second, who.admin)
    people.deactivate(who.admin.id, who.admin)
    assert "已经停用" in reasons(lambda: people.add(second, who.admin))[0]


def test_posts_change(who: People) -> None:
    people.set_roles(who.head.id, frozenset({Role.LEADER, Role.HEAD}), who.admin)
    assert people.current(who.head).roles == {Role.LEADER, Role.HEAD}
    assert (
        "至少要有一个岗位"
        in reasons(lambda: people.set_roles(who.head.id, frozenset(), who.admin))[0]
    )
    assert (
        "没有这个人" in reasons(lambda: people.set_roles(99, frozenset({Role.HEAD}), who.admin))[0]
    )


def test_the_last_administrator_stays(who: People) -> None:
    assert "唯一的管理员" in reasons(lambda: people.deactivate(who.admin.id, who.admin))[0]
    lesser = frozenset({Role.HEAD})
    assert "唯一的管理员" in reasons(lambda: people.set_roles(who.admin.id, lesser, who.admin))[0]
    people.add(NewPerson("田守夜", frozenset({Role.ADMIN}), PASSWORD), who.admin)
    people.set_roles(who.admin.id, lesser, who.admin)


def test_leaving_twice(who: People) -> None:
    people.deactivate(who.head.id, who.admin)
    assert "已经停用" in reasons(lambda: people.deactivate(who.head.id, who.admin))[0]


def test_ones_own_password(who: People) -> None:
    people.set_password(who.head.id, "another-password", who.head)
    assert people.sign_in("石大有", "another-password") == who.head
    assert (
        "不足 8 个字符" in reasons(lambda: people.set_password(who.head.id, "short", who.head))[0]
    )
    people.deactivate(who.head.id, who.admin)
    assert (
        "已经停用"
        in reasons(lambda: people.set_password(who.head.id, "another-password", who.head))[0]
    )


def test_a_new_password_ends_a_lock(who: People) -> None:
    for _ in range(3):
        reasons(lambda: people.sign_in("石大有", "wrong-password"))
    people.set_password(who.head.id, "another-password", who.admin)
    assert people.sign_in("石大有", "another-password") == who.head


def test_names_of_posts() -> None:
    assert role_names(Role) == "承办人、科室负责人、保密审查员、分管领导、信息公开专员、管理员"


def test_the_office_is_kept(who: People) -> None:
    assert policy.office() == who.office
    assert who.office.name == "白石沟镇人民政府"


def test_there_is_no_office_before_the_first_start(home: Home) -> None:
    base.open_catalogue(home, create=True)
    assert policy.office() is None
    admin = Person(1, "谁", frozenset({Role.ADMIN}))
    assert reasons(lambda: policy.change(Office("新"), admin))


def test_set_up_opens_the_catalogue(home: Home) -> None:
    policy.set_up(
        home, Office("白石沟镇人民政府", inboxes=(home.root / "共享",)), office.new_people()
    )
    found = policy.office()
    assert found is not None
    assert found.inboxes == (home.root / "共享",)


def test_set_up_only_once(home: Home, who: People) -> None:
    again = reasons(lambda: policy.set_up(home, who.office, office.new_people()))
    assert "已经设置过" in again[0]


def test_what_is_missing_at_the_first_start(home: Home) -> None:
    base.open_catalogue(home, create=True)
    alone = NewPerson("覃小满", frozenset(Role) - {Role.HEAD}, PASSWORD)
    said = reasons(lambda: policy.set_up(home, Office("  "), [alone]))
    assert len(said) == 2
    assert "科室负责人" in said[1]
    assert (
        "必须由不同的人担任"
        in reasons(lambda: policy.set_up(home, Office("镇", check_step=False), [alone]))[0]
    )
    assert base.fetch("SELECT count(*) FROM officer") == [(0,)]


def test_three_people_are_enough_without_the_check_step(home: Home) -> None:
    three = [
        NewPerson("甲", frozenset({Role.DRAFTER, Role.PUBLISHER}), PASSWORD),
        NewPerson("乙", frozenset({Role.SECRECY, Role.ADMIN}), PASSWORD),
        NewPerson("丙", frozenset({Role.LEADER}), PASSWORD),
    ]
    policy.set_up(home, Office("镇", check_step=False), three)
    assert len(people.everyone()) == 3


def test_each_changed_setting_is_in_the_log(who: People, tmp_path: Path) -> None:
    before = base.fetch("SELECT max(id) FROM audit")[0][0]
    new = replace(who.office, court="另一法院", inboxes=(tmp_path,))
    assert policy.change(new, who.admin).policy
    assert policy.office() == new
    rows = base.fetch("SELECT action, detail FROM audit WHERE id > ? ORDER BY id", (before,))
    assert [json.loads(row[1])["key"] for row in rows] == ["court", "inboxes"]
    assert "不能空着" in reasons(lambda: policy.change(replace(new, name=""), who.admin))[0]


def test_before_set_up_an_administrator_cannot_change(home: Home, who: People) -> None:
    base.execute("DELETE FROM policy")
    assert "首次设置" in reasons(lambda: policy.change(who.office, who.admin))[0]
