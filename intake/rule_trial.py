"""A rule of the office tried before it is in force: its examples, its speed, and the catalogue.

All of it happens in a child of its own that can be killed: a pattern may run away.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from detection import rulebook
from detection.finding import Finding, Severity
from detection.grids import squeeze
from detection.normal import plain
from detection.rule import Allowed
from formats.budget import Limits
from intake import scratch
from intake.examine import Examiner
from intake.many import Progress
from models import queries
from models.disclosure import admissions, office_rules
from models.kernel import store
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person

PROOF_SECONDS = 60.0
_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One document in which the new rule would speak: how often, and some masked excerpts."""

    document_id: int
    title: str
    state: str
    places: int
    excerpts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """`wrong`: why the rule cannot be put in force. `tried` of `total` documents were looked at;
    `unread` of them could not be."""

    wrong: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    tried: int = 0
    total: int = 0
    unread: int = 0

    @property
    def says(self) -> str:
        """What an officer is told."""
        if self.wrong:
            return "".join(self.wrong)
        places = sum(hit.places for hit in self.hits)
        found = f"会在 {len(self.hits)} 份文件里查出 {places} 处" if places else "什么也查不出"
        part = f"（停下了，只试了 {self.tried}/{self.total} 份）" if self.tried < self.total else ""
        lost = f"，其中 {self.unread} 份读不了" if self.unread else ""
        return f"试了目录里的 {self.tried} 份文件{lost}：{found}{part}。图片里的文字没有试。"


def try_out(
    home: Home,
    name: str,
    text: str,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Trial:
    """What the office's file `name` with this `text` would find in the catalogue that it does not
    find today. Nothing is kept. Raises Cancelled.
    """
    with _candidate(home, name, text) as files:
        wrong = _proved(home, files)
        if wrong:
            return Trial(wrong)
        fresh = _Fresh(home, files)
        limits = replace(Limits(), ocr=False)
        with Examiner(home.temp, workers=1, rules=files, limits=limits, pictures=False) as children:
            return _over_the_catalogue(home, children, fresh, progress, stopped)


def save(home: Home, name: str, text: str, officer: Person, reason: str, what: str) -> Changes:
    """Put it in force once it is proved. Raises Refused with what is wrong, Unavailable."""
    office_rules.require(officer)
    with _candidate(home, name, text) as files:
        wrong = _proved(home, files)
    if wrong:
        raise Refused(*wrong)
    return office_rules.write(name, text, officer, reason, what)


class _Fresh:
    """Which findings only the candidate makes: by the ids of its rules and its exceptions."""

    def __init__(self, home: Home, files: Sequence[Path]) -> None:
        new = rulebook.load(files)
        try:
            old = rulebook.load(home.rule_files())
        except rulebook.BadRule:
            old = rulebook.load()
        before = {rule.id: rule for rule in old.rules}
        self._rules = {r.id for r in new.rules if before.get(r.id) != r}
        self._allowed = {
            (rule, value)
            for rule, values in new.allowed.items()
            for value, one in values.items()
            if not _same(old.allowed.get(rule, {}).get(value), one)
        }

    def __contains__(self, found: Finding) -> bool:
        if found.rule in self._rules:
            return True
        return (found.rule, squeeze(plain(found.text))) in self._allowed


def _same(one: Allowed | None, other: Allowed) -> bool:
    return one == other


@contextmanager
def _candidate(home: Home, name: str, text: str) -> Iterator[tuple[Path, ...]]:
    """The rule files as they would be, the candidate among them."""
    with scratch.folder(home.temp) as folder:
        path = folder / Path(name).name
        path.write_text(text, encoding="utf-8")
        others = [file for file in home.rule_files() if file.name != path.name]
        yield tuple(sorted((*others, path), key=lambda file: file.name))


def _proved(home: Home, files: Sequence[Path]) -> tuple[str, ...]:
    try:
        rulebook.load(files)
    except rulebook.BadRule as error:
        return (str(error),)
    limits = replace(Limits(), seconds=PROOF_SECONDS)
    with Examiner(home.temp, workers=1, rules=files, limits=limits, pictures=False) as children:
        return children.prove()


def _over_the_catalogue(
    home: Home,
    children: Examiner,
    fresh: _Fresh,
    progress: Progress | None,
    stopped: Callable[[], bool],
) -> Trial:
    ids = list(queries.document_ids())
    hits: list[Hit] = []
    unread = tried = 0
    for number in ids:
        if stopped():
            break
        detail = queries.document(number)
        path = store.path_of(home, detail.revision.sha256)
        passed = admissions.admitted(detail.revision.id)
        report = children.examine(path, name=detail.revision.name, admitted=passed)
        if report.sha256 is None:
            unread += 1
        found = [f for f in report.findings if f in fresh and f.severity is not Severity.STOP]
        if found:
            excerpts = tuple(dict.fromkeys(f.masked for f in found))[:_EXCERPTS]
            hits.append(Hit(number, detail.title, detail.state.label, len(found), excerpts))
        tried += 1
        if progress:
            progress(tried, len(ids), f"{number} 号")
    return Trial((), tuple(hits), tried, len(ids), unread)
