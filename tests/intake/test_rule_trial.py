"""An office's rule is proved and tried on the catalogue before it is in force."""

import time
from pathlib import Path
from typing import Any

import pytest

from detection import rulebook
from intake import rule_trial
from intake.examine import Examiner
from intake.pipeline import take_in
from models import queries
from models.disclosure import office_rules
from models.disclosure.office_rules import ASIDE, OWN
from models.kernel import audit
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests.intake.files import text_file
from tests.office import People

RULE: dict[str, Any] = {
    "id": "own-project",
    "label": "在建工程代号",
    "family": "internal",
    "severity": "ask",
    "reason": "这是还没有公布的工程代号。",
    "article": "本单位规定",
    "suggest": "keep",
    "words": ["青石工程"],
}
PATTERN = {
    **{k: v for k, v in RULE.items() if k != "words"},
    "pattern": [{"regex": "青石[甲乙丙]号工程"}],
    "hit": ["⟦青石甲号工程⟧下周开工"],
    "miss": ["青石村的工程"],
}
WHY = "县里还没有公布"


def text(row: dict[str, Any], part: str = "rule") -> str:
    return office_rules.with_entry(part, row)


@pytest.fixture
def catalogue(home: Home, who: People, examiner: Examiner, tmp_path: Path) -> list[int]:
    found = []
    for number, body in enumerate(
        ("青石工程下周开工，青石工程验收。\n", "关于清理沟渠的通知\n", "青石工程的公示\n")
    ):
        path = text_file(tmp_path, f"{number}.txt", body)
        document = take_in(home, path, who.drafter, examiner).document_id
        assert document is not None
        found.append(document)
    return found


def test_the_dry_run_names_the_documents_and_keeps_nothing(
    home: Home, who: People, catalogue: list[int]
) -> None:
    trial = rule_trial.try_out(home, OWN, text(RULE))
    assert trial.wrong == ()
    assert {hit.document_id: hit.places for hit in trial.hits} == {
        catalogue[0]: 2,
        catalogue[2]: 1,
    }
    assert "会在 2 份文件里查出 3 处" in trial.says
    assert (trial.tried, trial.total) == (3, 3)
    assert home.rule_files() == ()
    assert list(home.temp.rglob(OWN)) == []
    assert not any(row.outdated for row in queries.document_rows(catalogue))


def test_it_can_be_stopped_and_says_how_far_it_came(
    home: Home, who: People, catalogue: list[int]
) -> None:
    seen: list[int] = []
    trial = rule_trial.try_out(
        home, OWN, text(RULE), progress=lambda done, *_: seen.append(done),
        stopped=lambda: bool(seen),
    )  # fmt: skip
    assert (trial.tried, trial.total) == (1, 3)
    assert "只试了 1/3 份" in trial.says


def test_an_exception_is_tried_too(home: Home, who: People, examiner: Examiner) -> None:
    path = text_file(home.root, text="联系电话15412345678，欢迎来电。\n")
    take_in(home, path, who.drafter, examiner)
    row = {"rule": "phone", "text": "15412345678", "reason": "镇里公布的值班手机"}
    (hit,) = rule_trial.try_out(home, OWN, text(row, "exception")).hits
    assert hit.places == 1
    assert "15412345678" not in str(hit)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**PATTERN, "miss": []}, "各写一个"),
        ({**PATTERN, "hit": ["⟦青石丁号工程⟧"]}, "查不出自己的例子"),
        ({**PATTERN, "miss": ["青石乙号工程"]}, "不该查出的例子"),
        ({**RULE, "reason": " "}, "没有写理由"),
        ({**RULE, "family": "secret"}, "国家秘密"),
        ({**RULE, "severity": "stop"}, "禁止"),
        ({**RULE, "id": "id-number"}, "重名"),
        ({**PATTERN, "pattern": [{"regex": "(a+)+b"}]}, "拖慢"),
    ],
)
def test_what_does_not_do_is_refused_with_a_sentence(
    home: Home, who: People, row: dict[str, Any], words: str
) -> None:
    trial = rule_trial.try_out(home, OWN, text(row))
    assert words in "".join(trial.wrong)
    with pytest.raises(Refused) as refusal:
        rule_trial.save(home, OWN, text(row), who.admin, WHY, "规则")
    assert words in "".join(refusal.value.reasons)
    assert home.rule_files() == ()


@pytest.mark.parametrize("rule", ["state-secret-mark", "comment"])
def test_no_exception_to_a_firm_rule(home: Home, who: People, rule: str) -> None:
    row = {"rule": rule, "text": "机密★10年", "reason": "练习"}
    with pytest.raises(Refused) as refusal:
        rule_trial.save(home, OWN, text(row, "exception"), who.secrecy, WHY, "例外")
    assert "不能设例外" in "".join(refusal.value.reasons)


def test_it_is_in_force_logged_changed_and_taken_away(home: Home, who: People) -> None:
    rule_trial.save(home, OWN, text(PATTERN), who.secrecy, WHY, "在建工程代号")
    assert rulebook.load(home.rule_files()).rule("own-project") is not None
    (entry,) = office_rules.entries()
    assert (entry.file, entry.name) == (OWN, "own-project")
    changed = office_rules.with_entry("rule", {**PATTERN, "label": "工程名"}, entry)
    rule_trial.save(home, OWN, changed, who.admin, "名字写错了", "工程名")
    (entry,) = office_rules.entries()
    assert entry.data["label"] == "工程名"
    assert entry.data["pattern"] == PATTERN["pattern"]
    office_rules.write(OWN, office_rules.without_entry(entry), who.admin, "已经公布", "工程名")
    assert home.rule_files() == ()
    assert len(list((home.rules / ASIDE).iterdir())) == 2, "what was there is put aside"
    log = [row for row in queries.audit_rows(queries.audit_ids()) if row.action == "change-rules"]
    assert [(row.officer, row.reason) for row in reversed(log)] == [
        (who.secrecy.name, WHY),
        (who.admin.name, "名字写错了"),
        (who.admin.name, "已经公布"),
    ]
    assert audit.verify().ok


@pytest.mark.parametrize("post", ["drafter", "head", "leader", "publisher"])
def test_other_posts_may_not(home: Home, who: People, post: str) -> None:
    with pytest.raises(Refused):
        rule_trial.save(home, OWN, text(RULE), getattr(who, post), WHY, "规则")
    with pytest.raises(Refused):
        office_rules.write("words.txt", "青石\n", getattr(who, post), WHY, "词表")
    assert home.rule_files() == ()


@pytest.mark.parametrize("name", ["../x.toml", "x.py", ".x.toml", "a/b.txt", ""])
def test_a_name_that_leads_elsewhere_is_refused(home: Home, who: People, name: str) -> None:
    with pytest.raises(Refused):
        office_rules.write(name, "青石\n", who.admin, WHY, "词表")


def test_a_reason_is_compulsory(home: Home, who: People) -> None:
    with pytest.raises(Refused) as refusal:
        office_rules.write("words.txt", "青石\n", who.admin, " ", "词表")
    assert "理由" in "".join(refusal.value.reasons)


def test_a_pattern_that_runs_away_is_killed_with_its_child(
    home: Home, who: People, tmp_path: Path
) -> None:
    """The compiler refuses what repeats without bound; what is left is timed in the child."""
    row = {
        **PATTERN,
        "pattern": [{"regex": "(?:青|石){1,60}[青石]{1,60}甲"}],
        "hit": ["⟦青石甲⟧"],
        "miss": ["乙"],
    }
    began = time.process_time()
    trial = rule_trial.try_out(home, OWN, text(row))
    assert trial.wrong
    assert time.process_time() - began < 30, "the work is the child's"
