"""An invented office with a catalogue on the disk: plain factories for the tests of every room.

    home = Home(tmp_path / "home")
    people = make_office(home)               # catalogue open, six officers signed up
    document = register_text(home, people.drafter, "关于清理沟渠的通知")

Passwords are hashed at the lowest cost while `cheap_passwords()` is in force. Nothing here is
mocked: the catalogue, the store and the rulebook are the real ones.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from detection.finding import Family, Finding, Severity
from detection.report import Report, Status
from formats.reading import Kind, Part, Place
from models.disclosure import documents, review
from models.disclosure.case import Action, Origin
from models.disclosure.releases import PackageProof, ReleaseContent
from models.kernel import base, passwords, people, policy, store
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import NewPerson, Person, Role
from models.kernel.policy import Office

PASSWORD = "gongkai-2026"
NAMES = {
    Role.DRAFTER: "覃小满",
    Role.HEAD: "石大有",
    Role.SECRECY: "向守口",
    Role.LEADER: "冉镇远",
    Role.PUBLISHER: "谭公明",
    Role.ADMIN: "牟管理",
}
OWN_RULE = """
[[rule]]
id = "own-project"
label = "在建工程代号"
family = "internal"
severity = "ask"
reason = "这是还没有公布的工程代号。"
article = "本单位规定"
words = ["青石工程"]
"""
# The same, with an example that it does not find.
DEAF_RULE = OWN_RULE.replace(
    'words = ["青石工程"]', 'hit = ["⟦别的⟧"]\n[[rule.pattern]]\nregex = "青石"'
)


@dataclass(frozen=True, slots=True)
class People:
    """One officer for each post, and the office."""

    office: Office
    drafter: Person
    head: Person
    secrecy: Person
    leader: Person
    publisher: Person
    admin: Person


def reasons(act: Callable[[], object]) -> tuple[str, ...]:
    """Why an act is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reasons


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Hash passwords at the lowest cost: a real hash takes 50 ms."""
    real = passwords.hasher
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords.hasher = lambda: cheap
    try:
        yield
    finally:
        passwords.hasher = real


def new_people() -> tuple[NewPerson, ...]:
    """The six officers before they are added."""
    return tuple(NewPerson(name, frozenset({role}), PASSWORD) for role, name in NAMES.items())


def make_office(home: Home, *, check_step: bool = True) -> People:
    """Set up and open the catalogue of 白石沟镇 at `home` with one officer for each post."""
    base.open_catalogue(home, create=True)
    office = Office(
        name="白石沟镇人民政府",
        unit_code="11500199MB1A2B3C4X",
        region="某市某县",
        review_body="某县人民政府",
        court="某县人民法院",
        sample=True,
        check_step=check_step,
    )
    with cheap_passwords():
        policy.set_up(home, office, new_people())
    return everyone()


def copy_office(template: Path, home: Home) -> People:
    """Open a copy of a closed home, which is much faster than setting one up."""
    shutil.copytree(template, home.root, dirs_exist_ok=True)
    base.open_catalogue(home, create=False)
    return everyone()


def everyone() -> People:
    """The six officers of the open catalogue."""
    office = policy.office()
    assert office is not None
    found: dict[str, Person] = {}
    for role, name in NAMES.items():
        person = people.by_name(name)
        assert person is not None
        found[role.value] = person
    return People(office, **found)


def make_finding(text: str = "500199199001011234", **values: Any) -> Finding:
    """A finding of an ID number in the first paragraph; any field can be given."""
    plain: dict[str, Any] = {
        "rule": "id-number",
        "family": Family.PERSONAL,
        "severity": Severity.HIDE,
        "place": Place(Part.BODY, paragraph=1, path="word/document.xml"),
        "span": (0, len(text)),
        "text": text,
        "masked": text[:3] + "*" * max(0, len(text) - 5) + text[-2:],
        "visible": True,
        "certainty": 0.99,
        "valid": True,
        "reason": "公民身份号码",
        "basis": "条例第十五条",
        "suggest": "500199********1234",
    }
    return Finding(**{**plain, **values})


def make_report(content: bytes, findings: Sequence[Finding] = (), **values: Any) -> Report:
    """The report of examining `content` as a text file, by the rulebook in force."""
    plain: dict[str, Any] = {
        "status": Status.READ,
        "kind": Kind.TXT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "findings": tuple(findings),
        "troubles": (),
        "pages": None,
        "image_pages": (),
        "characters": len(content.decode(errors="replace")),
        "seconds": 0.01,
        "rulebook": values.get("rulebook") or review.current_rulebook(),
        "title": "",
        "plain": content.decode(errors="replace"),
    }
    return Report(**{**plain, **values})


def keep(home: Home, content: bytes) -> store.Stored:
    """Put bytes into the store."""
    home.temp.mkdir(parents=True, exist_ok=True)
    source = home.temp / "incoming"
    source.write_bytes(content)
    return store.keep(home, source, hashlib.sha256(content).hexdigest())


def register_text(
    home: Home,
    officer: Person,
    text: str,
    findings: Sequence[Finding] = (),
    *,
    name: str = "通知.txt",
    batch: int | None = None,
    **values: Any,
) -> int:
    """Store and register a text file; its document id. `values` go into the report."""
    content = text.encode()
    report = make_report(content, findings, **{"title": text[:40], **values})
    document_id, _ = documents.register(
        keep(home, content), report, name=name, source="收件箱", officer=officer, batch=batch
    )
    return document_id


def clean_text(
    home: Home, officer: Person, document_id: int, text: str, findings: Sequence[Finding] = ()
) -> int:
    """Give the document a clean copy with this text; the revision's id."""
    content = text.encode()
    revision_id, _ = documents.add_revision(
        document_id,
        keep(home, content),
        make_report(content, findings),
        name="通知.txt",
        origin=Origin.CLEAN,
        officer=officer,
    )
    return revision_id


def approve(document_id: int, who: People) -> None:
    """Take the whole review: handed in, checked, cleared, approved by four people."""
    review.perform(document_id, Action.SUBMIT, who.drafter)
    if who.office.check_step:
        review.perform(document_id, Action.CHECK, who.head)
    review.perform(document_id, Action.CLEAR, who.secrecy)
    review.perform(document_id, Action.APPROVE, who.leader)


def approved_text(home: Home, who: People, text: str) -> int:
    """A document with a clean copy that all four have passed; its id."""
    document_id = register_text(home, who.drafter, text)
    clean_text(home, who.drafter, document_id, text)
    approve(document_id, who)
    return document_id


def build_plain(home: Home, content: ReleaseContent) -> PackageProof:
    """The smallest honest package: the files, a manifest with the head, and an empty archive."""
    folder = home.packages / content.name
    folder.mkdir(parents=True)
    files = []
    for item in content.items:
        path = f"{item.document_id}-{item.name}"
        shutil.copyfile(item.stored, folder / path)
        files.append((item.document_id, path, store.hash_of(folder / path)))
    manifest = folder / "manifest.json"
    manifest.write_text(content.head, encoding="utf-8")
    archive = folder.with_suffix(".zip")
    archive.write_bytes(b"")
    return PackageProof(folder, archive, store.hash_of(manifest), tuple(files))
