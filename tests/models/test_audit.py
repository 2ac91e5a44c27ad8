"""The chain: any changed byte is found, and so is whatever no longer fits beside it."""

import hashlib
import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.disclosure import releases
from models.kernel import audit, base, chain
from models.kernel.home import Home
from tests import office
from tests.office import People

TEXT = st.text(max_size=20)
ENTRIES = st.builds(
    chain.Entry,
    st.integers(1, 10**6), TEXT, st.none() | st.integers(1, 99), TEXT, TEXT, TEXT,
    st.none() | st.integers(1, 99), TEXT, TEXT, TEXT, TEXT, TEXT,
)  # fmt: skip


@given(ENTRIES, ENTRIES)
def test_different_entries_have_different_hashes(one: chain.Entry, other: chain.Entry) -> None:
    same = chain.link(chain.GENESIS, one) == chain.link(chain.GENESIS, other)
    assert same == (one == other)


def test_the_hash_is_of_the_previous_hash_and_the_canonical_fields() -> None:
    entry = chain.Entry(1, "t", None, "", "set-up", "policy", None, "", "", "", "", "{}")
    text = chain.GENESIS + json.dumps(list(entry), separators=(",", ":"))
    assert chain.link(chain.GENESIS, entry) == hashlib.sha256(text.encode()).hexdigest()
    assert chain.sql_link(chain.GENESIS, *entry) == chain.link(chain.GENESIS, entry)


def test_chinese_stands_as_it_is() -> None:
    entry = chain.Entry(1, "t", 2, "覃小满", "a", "b", 3, "", "", "", "理由", "{}")
    assert "覃小满" in chain.canonical(entry)


def test_a_new_catalogue_is_whole(who: People) -> None:
    verdict = audit.verify()
    assert verdict.ok
    assert verdict.first_bad is None
    assert verdict.entries == 7
    assert verdict.head == audit.head()


def test_an_empty_log_has_the_genesis_head(home: Home) -> None:
    base.open_catalogue(home, create=True)
    assert audit.head() == chain.GENESIS
    verdict = audit.verify()
    assert (verdict.ok, verdict.entries) == (True, 0)
    assert audit.verify(verdict).ok


COLUMNS = (
    "at", "officer_id", "officer", "action", "subject", "subject_id", "from_state", "to_state",
    "sha256", "reason", "detail", "prev", "hash",
)  # fmt: skip


def break_open() -> None:
    """Take the guards off, as the owner of the disk could."""
    for (name,) in base.fetch("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        base.execute(f"DROP TRIGGER {name}")
    base.execute("PRAGMA foreign_keys = 0")


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("number", [1, 5, 8])
def test_any_changed_field_is_found(home: Home, who: People, column: str, number: int) -> None:
    office.register_text(home, who.drafter, "关于清理沟渠的通知")
    break_open()
    base.execute(f"UPDATE audit SET {column} = '77' WHERE id = {number}")
    verdict = audit.verify()
    assert not verdict.ok
    assert verdict.first_bad == number
    assert "请停止发布" in verdict.says


def test_one_changed_byte_is_found(home: Home, who: People) -> None:
    office.register_text(home, who.drafter, "关于清理沟渠的通知")
    break_open()
    base.execute("UPDATE audit SET officer = replace(officer, '满', '滿') WHERE id = 8")
    assert audit.verify().first_bad == 8


def test_a_missing_entry_is_found(who: People) -> None:
    break_open()
    base.execute("DELETE FROM audit WHERE id = 4")
    verdict = audit.verify()
    assert verdict.first_bad == 5
    assert "第 4 条" in verdict.says


def test_a_rewritten_chain_does_not_fit_what_is_known(home: Home, who: People) -> None:
    known = audit.verify()
    break_open()
    base.execute("UPDATE audit SET hash = 'ff' WHERE id = (SELECT max(id) FROM audit)")
    verdict = audit.verify(known)
    assert not verdict.ok
    assert "已经核验过的记录变了" in verdict.says


def test_it_reads_on_from_what_is_known(home: Home, who: People) -> None:
    known = audit.verify()
    office.register_text(home, who.drafter, "关于清理沟渠的通知")
    verdict = audit.verify(known)
    assert verdict == audit.verify()
    assert verdict.entries == known.entries + 1


def test_a_state_moved_beside_the_log_is_found(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    triggers = base.fetch("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    break_open()
    base.execute("UPDATE document SET state = 'released' WHERE id = ?", (number,))
    for (sql,) in triggers:
        base.execute(sql)
    verdict = audit.verify()
    assert not verdict.ok
    assert verdict.first_bad is None
    assert f"{number} 号" in verdict.says


def test_a_missing_guard_is_found(who: People) -> None:
    base.execute("DROP TRIGGER audit_no_update")
    verdict = audit.verify()
    assert not verdict.ok
    assert "1 道" in verdict.says


def test_a_log_that_was_replaced_does_not_know_the_printed_head(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    releases.release(home, [number], partial(office.build_plain, home), who.publisher, "一号包")
    triggers = base.fetch("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    break_open()
    base.execute("UPDATE release SET head = 'ff'")
    for (sql,) in triggers:
        base.execute(sql)
    verdict = audit.verify()
    assert not verdict.ok
    assert "一号包" in verdict.says


def test_an_act_of_nobody_is_written_too(who: People) -> None:
    with base.transaction():
        number = audit.write(None, "note", "policy", None)
    row = base.fetch("SELECT officer_id, officer, detail FROM audit WHERE id = ?", (number,))[0]
    assert row == (None, "", "{}")
    assert audit.verify().ok
