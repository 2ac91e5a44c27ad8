"""The office's own rules, the look again by new ones, and a mark let pass: by words."""

from pathlib import Path

import pytest

import main
from tests.cli.conftest import Act, Told

DRAFTER, SECRECY = "覃小满", "万知秋"
RULE = """
[[rule]]
id = "own-project"
label = "沟渠工程"
family = "internal"
severity = "ask"
reason = "这是还没有公布的工程。"
article = "本单位规定"
words = ["清理沟渠"]
"""
LESSON = "保密培训材料\n\n机密★10年\n\n上面一行是密级标志的样子。\n"


@pytest.fixture
def taken(act: Act, letter: Path, capsys: pytest.CaptureFixture[str]) -> int:
    assert act(DRAFTER, "take", letter) == 0
    capsys.readouterr()
    return 1


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    path = tmp_path / "工程.toml"
    path.write_text(RULE, encoding="utf-8")
    return path


def test_a_rule_is_tried_put_in_force_and_taken_away(
    act: Act, taken: int, rule: Path, told: Told, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert act(DRAFTER, "rules", "try", rule, "--json") == 1
    trial = told()
    assert [(d["id"], d["places"]) for d in trial["documents"]] == [(taken, 2)]
    assert "会在 1 份文件里查出 2 处" in trial["text"]
    assert act(DRAFTER, "rules", "add", rule, "--reason", "县里要求") == 3
    assert act(SECRECY, "rules", "add", rule, "--reason", "县里要求") == 0
    assert (home / "rules" / "工程.toml").exists()
    capsys.readouterr()
    assert act(DRAFTER, "rules", "list", "--json") == 0
    assert [(r["name"], r["label"]) for r in told()] == [("own-project", "沟渠工程")]
    assert act(DRAFTER, "list", "--recheck", "outdated", "--json") == 0
    assert [row["id"] for row in told()] == [taken]
    assert act(DRAFTER, "check", "--json") in {0, 1}
    (line,) = [line for line in told() if line["what"] == "重新检查"]
    assert "1 份文件" in line["says"]
    assert act(DRAFTER, "rescan", "--outdated", "--json") == 1
    (row,) = told()
    assert (row["id"], row["outdated"]) == (taken, False)
    assert act(DRAFTER, "show", taken, "--json") == 0
    found = next(f for f in told()["items"] if f["rule"] == "own-project")
    for key in ("label", "why", "basis", "certainty", "certainty_text", "advice", "place"):
        assert found[key]
    assert act(SECRECY, "rules", "remove", "工程.toml", "--reason", "已经公布") == 0
    assert not (home / "rules" / "工程.toml").exists()
    assert act(SECRECY, "rules", "remove", "工程.toml", "--reason", "再来一次") == 3


def test_a_file_with_something_wrong_is_refused(act: Act, taken: int, tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    path.write_text(RULE.replace("internal", "secret"), encoding="utf-8")
    assert act(DRAFTER, "rules", "try", path) == 1
    assert act(SECRECY, "rules", "add", path, "--reason", "试试") == 3


def test_which_documents_must_be_said(act: Act, taken: int) -> None:
    assert act(DRAFTER, "rescan") == 2
    assert act(DRAFTER, "rescan", taken, "--outdated") == 2


def test_a_marked_file_comes_in_by_the_reviewer_only(
    act: Act, home: Path, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "培训.txt"
    path.write_text(LESSON, encoding="utf-8")
    assert act(SECRECY, "take", path) == 1
    assert act(DRAFTER, "admit", path, "--reason", "培训材料") == 3
    with pytest.raises(SystemExit):
        act(SECRECY, "admit", path)
    assert main.main(["--home", str(home), "admit", str(path), "--reason", "培训材料"]) == 3
    capsys.readouterr()
    assert act(SECRECY, "admit", path, "--reason", "培训材料", "--json") == 0
    number = told()["id"]
    act(DRAFTER, "show", number, "--json")
    shown = told()
    (admission,) = shown["admissions"]
    assert (admission["officer"], admission["reason"]) == (SECRECY, "培训材料")
    assert shown["items"][0]["ruling"] == "not-one"
    assert act(DRAFTER, "clean", number) == 3
    assert act(DRAFTER, "clean", number, "--admit", "我来放行") == 3
    capsys.readouterr()
    assert act(SECRECY, "clean", number, "--admit", "公开件里也只是样子") == 0
    capsys.readouterr()
    act(DRAFTER, "show", number, "--json")
    assert [a["current"] for a in told()["admissions"]] == [False, True]


def test_what_was_decided_before_is_shown_and_adopted(
    act: Act, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("去年", "今年"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{name}的通知\n项目编号500199199001011234。\n", encoding="utf-8")
        assert act(DRAFTER, "take", path) == 0
    assert act(DRAFTER, "rule", 1, "all", "not-one", "--reason", "是项目编号") == 0
    capsys.readouterr()
    act(DRAFTER, "show", 2, "--json")
    (item,) = told()["items"]
    assert item["ruling"] is None
    assert (item["before"]["ruling"], item["before"]["document"]) == ("not-one", 1)
    assert act(DRAFTER, "rule", 2, "all", "as-before", "--json") == 0
    assert told()["open"] == 0
    assert act(DRAFTER, "rule", 2, "all", "as-before") == 3


def test_a_scan_by_a_deaf_rule_says_so_and_calls_nothing_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deaf = tmp_path / "聋.toml"
    deaf.write_text(
        RULE.replace('words = ["清理沟渠"]', 'hit = ["⟦别的⟧"]\n[[rule.pattern]]\nregex = "清理"'),
        encoding="utf-8",
    )
    path = tmp_path / "通知.txt"
    path.write_text("关于作息时间的通知\n", encoding="utf-8")
    assert main.main(["scan", str(path), "--rules", str(deaf), "--json"]) == 1
    out, err = capsys.readouterr()
    assert '"status": "unreadable"' in out
    assert '"code": "deaf"' in out
    assert "沟渠工程" in err
