"""A state-secret mark let pass: by a secrecy reviewer, in writing, for these bytes only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
import pytest

from intake.examine import Examiner
from intake.pipeline import Outcome, clean_copy, let_in, scan_again, take_in
from models import queries
from models.disclosure import admissions, documents, findings, releases, review
from models.disclosure.case import Action, State
from models.disclosure.rulings import Ruling
from models.kernel import audit, base, people
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import NewPerson, Person, Role
from tests import office
from tests.office import People

LESSON = "保密培训材料\n\n机密★10年\n\n上面一行是密级标志的样子，写在首页左上角。\n"
WHY = "本镇自编的保密培训材料，只是示范标志的写法，已与县保密局电话核实"


def lesson(folder: Path, text: str = LESSON, name: str = "培训.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def traces(home: Home) -> str:
    """All that the home holds, as one text, the bytes of the catalogue included."""
    files = [p for p in sorted(home.root.rglob("*")) if p.is_file()]
    return "\n".join(p.read_bytes().decode("utf-8", "replace") for p in files)


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done inside is refused for a reason with these words."""
    with pytest.raises(Refused) as refusal:
        yield
    assert any(words in reason for reason in refusal.value.reasons), refusal.value.reasons


def another(who: People, name: str, *roles: Role) -> Person:
    with office.cheap_passwords():
        people.add(NewPerson(name, frozenset(roles), office.PASSWORD), who.admin)
    found = people.by_name(name)
    assert found is not None
    return found


def let(home: Home, who: People, examiner: Examiner, path: Path) -> int:
    taken = let_in(home, path, who.secrecy, WHY, examiner)
    assert taken.outcome is Outcome.KEPT, taken.says
    assert taken.document_id is not None
    return taken.document_id


def public_copy(home: Home, who: People, examiner: Examiner, document: int) -> None:
    left = [f.id for f in queries.findings_of(document) if f.ruling is None]
    findings.rule_on(left, Ruling.KEEP, who.drafter, "培训材料，可以公开")
    clean_copy(home, document, who.secrecy, examiner, admission=WHY)
    left = [f.id for f in queries.findings_of(document) if f.ruling is None]
    findings.rule_on(left, Ruling.KEEP, who.drafter, "培训材料，可以公开")
    documents.edit(document, {"attribute": "主动公开", "topic": "其他"}, who.drafter)


def test_before_it_nothing_is_kept_and_after_it_the_file_is_in(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    path = lesson(tmp_path)
    assert take_in(home, path, who.secrecy, examiner).outcome is Outcome.SECRET
    held = traces(home)
    assert "示范" not in held
    assert "密级标志的样子" not in held
    assert "培训.txt" not in held
    document = let(home, who, examiner, path)
    assert path.exists()
    (mark,) = [f for f in queries.findings_of(document) if f.severity.rank == 0]
    assert mark.ruling is Ruling.NOT_ONE
    assert (mark.ruled_by, mark.ruling_reason) == (who.secrecy.name, WHY)
    (entry,) = [row for row in queries.audit_rows(queries.audit_ids()) if row.action == "admit"]
    assert (entry.officer, entry.reason, entry.subject_id) == (who.secrecy.name, WHY, document)
    assert entry.sha256 == queries.document(document).revision.sha256
    assert audit.verify().ok
    (row,) = queries.admissions_of(document)
    assert (row.officer, row.reason, row.current) == (who.secrecy.name, WHY, True)


@pytest.mark.parametrize("post", ["drafter", "head", "leader", "publisher", "admin"])
def test_no_other_post_may(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, post: str
) -> None:
    path = lesson(tmp_path)
    with refused("保密审查员"):
        let_in(home, path, getattr(who, post), WHY, examiner)
    assert queries.counts().documents == 0
    assert "培训" not in traces(home)


def test_not_without_a_reason_and_not_in_advance(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    with refused("理由"):
        let_in(home, lesson(tmp_path), who.secrecy, "  ", examiner)
    plain = lesson(tmp_path, "关于清理沟渠的通知\n", "通知.txt")
    taken = let_in(home, plain, who.secrecy, WHY, examiner)
    assert taken.outcome is Outcome.FAILED
    assert "不需要放行" in taken.says
    assert queries.counts().documents == 0


def test_it_holds_for_these_bytes_only(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    document = let(home, who, examiner, lesson(tmp_path))
    other = lesson(tmp_path, LESSON + "\n", "另一份.txt")
    assert take_in(home, other, who.secrecy, examiner).outcome is Outcome.SECRET
    with refused("国家秘密"):
        clean_copy(home, document, who.drafter, examiner)
    with refused("保密审查员"):
        clean_copy(home, document, who.drafter, examiner, admission=WHY)
    assert len(queries.revisions_of(document)) == 1
    scan_again(home, document, who.drafter, examiner)
    detail = queries.document(document)
    assert detail.scan.status.value == "read", "the same bytes stay admitted"
    assert not review.case(document, who.drafter).stops


def test_whoever_let_it_pass_decides_nothing_more(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    """One person holding every post lets it in; each deciding step still needs another."""
    document = let(home, who, examiner, lesson(tmp_path))
    people.set_roles(who.secrecy.id, frozenset(Role) - {Role.ADMIN}, who.admin)
    everywhere = people.current(who.secrecy)
    public_copy(home, who, examiner, document)
    with refused("放行过"):
        review.perform(document, Action.SUBMIT, everywhere)
    review.perform(document, Action.SUBMIT, who.drafter)
    with refused("放行过"):
        review.perform(document, Action.CHECK, everywhere)
    review.perform(document, Action.CHECK, who.head)
    with refused("放行过"):
        review.perform(document, Action.CLEAR, everywhere)
    third = another(who, "滕守密", Role.SECRECY)
    review.perform(document, Action.CLEAR, third)
    with refused("放行过"):
        review.perform(document, Action.APPROVE, everywhere)
    review.perform(document, Action.APPROVE, who.leader)
    releases.release(home, [document], lambda c: office.build_plain(home, c), who.publisher, "包")
    assert queries.document(document).state is State.RELEASED


def test_who_cleared_cannot_let_it_pass_afterwards(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    document = let(home, who, examiner, lesson(tmp_path))
    public_copy(home, who, examiner, document)
    third = another(who, "滕守密", Role.SECRECY)
    review.perform(document, Action.SUBMIT, who.drafter)
    review.perform(document, Action.CHECK, who.head)
    review.perform(document, Action.CLEAR, third)
    scan_again(home, document, third, examiner, admission="再次核实")
    with refused("又办了保密审查"):
        review.perform(document, Action.APPROVE, who.leader)


def test_an_office_rule_cannot_let_a_mark_pass(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    (home.rules / "own.toml").write_text(
        '[[exception]]\nrule = "state-secret-mark"\ntext = "机密★10年"\nreason = "x"\n',
        encoding="utf-8",
    )
    examiner.use_rules(home.rule_files())
    taken = take_in(home, lesson(tmp_path), who.secrecy, examiner)
    assert taken.outcome is Outcome.FAILED
    assert "不能设例外" in taken.says
    assert queries.counts().documents == 0


def test_a_mark_that_only_later_rules_know_stops_again(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    """The admission names the marks that were seen; one more is not among them."""
    document = let(home, who, examiner, lesson(tmp_path))
    report = examiner.examine(lesson(tmp_path), admitted=queries.document(document).revision.sha256)
    (mark,) = [f for f in report.findings if f.severity.rank == 0]
    again = office.make_finding(
        "绝密★30年",
        **{name: getattr(mark, name) for name in ("rule", "family", "severity", "reason", "basis")},
    )
    later = report.__class__(
        **{
            **{f: getattr(report, f) for f in report.__dataclass_fields__},
            "findings": (*report.findings, again),
        }
    )
    documents.add_scan(document, later, None)
    assert review.case(document, who.drafter).stops
    assert admissions.admitters(document) == ((who.secrecy.id, who.secrecy.name),)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO admission (document_id, revision_id, sha256, officer_id, reason, marks, at) "
        "SELECT document_id, revision_id, sha256, 1, 'x', marks, at FROM admission",
        "UPDATE admission SET reason = 'x'",
        "UPDATE admission SET marks = '[]'",
        "DELETE FROM admission",
        "INSERT OR REPLACE INTO admission SELECT * FROM admission",
    ],
)
def test_the_record_cannot_be_made_or_changed_by_hand(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, statement: str
) -> None:
    let(home, who, examiner, lesson(tmp_path))
    with pytest.raises(peewee.IntegrityError):
        base.execute(statement)
