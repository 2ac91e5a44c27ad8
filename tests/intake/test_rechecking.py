"""Real rules change on the disk; stored documents are examined again by the program."""

from pathlib import Path

import pytest

from intake.examine import Examiner
from intake.pipeline import take_in
from intake.rechecking import recheck
from models import queries
from models.kernel import store
from models.kernel.errors import Unavailable
from models.kernel.home import Home
from tests import office
from tests.intake.files import text_file
from tests.office import DEAF_RULE, OWN_RULE, People


def taken(home: Home, who: People, examiner: Examiner, folder: Path, count: int) -> list[int]:
    found = []
    for number in range(count):
        path = text_file(folder, f"{number}.txt", f"第{number}号通知：青石工程下周开工。\n")
        document = take_in(home, path, who.drafter, examiner).document_id
        assert document is not None
        found.append(document)
    return found


def add_rule(home: Home, examiner: Examiner, text: str = OWN_RULE) -> None:
    (home.rules / "own.toml").write_text(text, encoding="utf-8")
    examiner.use_rules(home.rule_files())


def test_all_that_is_outdated_is_examined_once(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    ids = taken(home, who, examiner, tmp_path, 3)
    assert recheck(home, examiner).done == ()
    add_rule(home, examiner)
    assert queries.outdated_ids() == ids
    found = recheck(home, examiner)
    assert (list(found.done), found.failed, found.left) == (ids, (), 0)
    assert found.changes.documents == set(ids)
    assert queries.outdated_ids() == []
    assert all("own-project" in {f.rule for f in queries.findings_of(i)} for i in ids)


def test_a_stop_keeps_what_is_done_and_the_rest_is_done_next_time(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    ids = taken(home, who, examiner, tmp_path, 3)
    add_rule(home, examiner)
    begun: list[int] = []
    first = recheck(home, examiner, wait=lambda: begun.append(1), stopped=lambda: len(begun) > 1)
    assert (len(first.done), first.left) == (1, 2)
    assert queries.outdated_ids() == ids[1:]
    assert list(recheck(home, examiner).done) == ids[1:]


def test_one_that_is_lost_does_not_hold_up_the_others(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    ids = taken(home, who, examiner, tmp_path, 2)
    lost = store.path_of(home, queries.document(ids[0]).revision.sha256)
    lost.chmod(0o600)
    lost.unlink()
    add_rule(home, examiner)
    found = recheck(home, examiner)
    assert list(found.done) == ids[1:]
    assert [number for number, _ in found.failed] == ids[:1]


def test_a_mark_that_only_new_rules_know_is_told(
    home: Home, who: People, examiner: Examiner
) -> None:
    number = office.register_text(
        home, who.drafter, "机密★10年\n\n关于某事的通知\n", rulebook="older rules"
    )
    found = recheck(home, examiner)
    assert (found.done, found.stopped) == ((number,), (number,))
    assert queries.document(number).scan.status.value == "stopped"
    assert queries.document(number).state.value == "received"


def test_nothing_is_examined_while_a_rule_is_deaf(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    taken(home, who, examiner, tmp_path, 1)
    add_rule(home, examiner, DEAF_RULE)
    with pytest.raises(Unavailable) as problem:
        recheck(home, examiner)
    assert "在建工程代号" in problem.value.why
    assert "own" in problem.value.why, "the file to be mended is named"
    taken_now = take_in(home, text_file(tmp_path), who.drafter, examiner)
    assert taken_now.document_id is None
    assert "样例" in taken_now.says
    assert examiner.complaint
    (home.rules / "own.toml").unlink()
    examiner.use_rules(())
    assert examiner.begin_batch() == ""
    assert take_in(home, text_file(tmp_path), who.drafter, examiner).document_id is not None
