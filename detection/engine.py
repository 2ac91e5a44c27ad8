"""Runs all rules over a reading: one pass, bound in sheaves, gated, timed, overlaps settled."""

from collections.abc import Iterator, Sequence

from detection.chains import chains
from detection.columns import Columns, Promise
from detection.dwellings import DWELLING, Dwellings
from detection.dwellings import told as lived
from detection.fact_sight import HOME
from detection.facts import Facts
from detection.finding import COLUMN, Family, Finding, Severity
from detection.flow import running_on
from detection.grids import Cell, Grid, squeeze, tabled
from detection.hidden import hidden_findings
from detection.judge import Hit, Judge
from detection.linking import Linking, lines_of
from detection.lists import listed
from detection.matters import Matter
from detection.one_pass import Pass
from detection.overlap import settle
from detection.people import People
from detection.permitted import OUTSIDE, permitted
from detection.rule import Rule
from detection.rulebook import Rulebook
from detection.search import Signs
from detection.sheaf import Sheaf, bound, sheaves
from detection.structure import structural_findings
from detection.tags import NAME, Tags, tagged
from detection.undone import SIGNS, undone
from formats.reading import Reading, Segment

UNFINISHED = "unfinished-rule"
NOT_READ = "not-read"


def scan(
    reading: Reading,
    rulebook: Rulebook,
    *,
    matter: Matter | None = None,
    rule_seconds: float | None = None,
    weighed: bool = True,
    read: bool = True,
) -> tuple[Finding, ...]:
    """All findings of `rulebook` in `reading`, in the order of its segments.

    A span counts characters in the raw text of the segment at the finding's place. Overlaps are
    settled within a family; findings of different families may lie over each other. A value that
    is split over segments gives one finding a piece, each with the whole value as its text.

    `matter`: the matter the document is published for; its whitelist judges the columns of lists.

    `rule_seconds`: the processor time one rule may use; by default it grows with the text. A rule
    that uses more is stopped and gives a finding of its own (`unfinished-rule`), never silence.

    `weighed`: whether facts are told by their wording too (`facts`), or by the patterns alone.
    `read`: whether lines are read as well (`tagger`), if the rulebook says so.
    """
    return _Scan(reading, rulebook, matter, rule_seconds, weighed=weighed, read=read).run()


class _Scan:
    def __init__(
        self,
        reading: Reading,
        rulebook: Rulebook,
        matter: Matter | None = None,
        rule_seconds: float | None = None,
        *,
        weighed: bool = True,
        read: bool = True,
    ) -> None:
        self.weighed, self.reads = weighed, read and rulebook.reads
        self.segments: Sequence[Segment] = reading.segments
        self.rulebook = rulebook
        self.matter = matter
        self.judge = Judge(self.segments, rulebook.allowed)
        self.people = People()
        self.read = Pass(
            self.segments,
            rulebook,
            self.judge,
            characters=reading.characters,
            rule_seconds=rule_seconds,
        )
        self.hits = self.read.hits

    def run(self) -> tuple[Finding, ...]:
        tables = list(tabled(self.segments).values())
        lists = list(listed(self.segments))
        text = list(sheaves(self.segments))
        signs = [self.read.text(sheaf, tabular=bool(tables)) for sheaf in text]
        if run_on := running_on(self.segments):
            text = list(sheaves(self.segments, run_on=run_on))
            signs = [self.read.flow(sheaf) for sheaf in text]
        tags = self._tags(text, signs)
        for sheaf, seen, read in zip(text, signs, tags, strict=True):
            self.people.read(sheaf, seen, read.get(NAME, ()))
        for chain in chains(self.segments, [*tables, *lists]):
            self.read.chain(bound(self.segments, chain))
        for sheaf in sheaves(self.segments, self.judge.setting.front):
            self.read.front(sheaf)
        self._cells([*tables, *lists])
        self._persons(text, signs, tags)
        found = settle(self.hits)
        rules = self.rulebook.rules
        both = zip(text, signs, strict=True)
        masked = [sheaf for sheaf, seen in both if not seen.keys().isdisjoint(SIGNS)]
        found.extend(self._undone(found, masked, [*tables, *lists]))
        found = self._by_matter(found, [*tables, *lists])
        found.extend(hidden_findings(self.segments, rules))
        found.extend(structural_findings(self.segments, tables, self.rulebook, found))
        found.extend(
            (index, self._unfinished(rules[number], index))
            for number, index in self.read.unfinished.items()
        )
        if not self.rulebook.reads and self.segments:
            # Nobody shall think that all was looked for.
            found.extend(self.judge.at(rule, 0, (0, 0)) for rule in rules if rule.id == NOT_READ)
        found.sort(key=lambda pair: (pair[0], pair[1].span, pair[1].rule))
        return tuple(finding for _, finding in found)

    def _tags(self, text: Sequence[Sheaf], signs: Sequence[Signs]) -> Sequence[Tags]:
        return tagged(zip(text, signs, strict=True)) if self.reads else [{} for _ in text]

    def _cells(self, grids: Sequence[Grid]) -> None:
        """Cells under a head; a head that has none below is a form's label, and speaks sideways."""
        known: dict[tuple[int, str], list[Finding]] = {}
        for hit in self.hits:
            known.setdefault((hit.at, hit.finding.rule), []).append(hit.finding)
        counts: dict[tuple[Cell, str], int] = {}
        beside: list[Promise] = []
        made: list[Hit] = []
        columns = Columns(self.rulebook.rules, self.judge.fits, read=self.reads)
        for promise in columns.promises(grids, self.read.heads):
            cell, head, rule = promise.cell, promise.head, promise.rule
            if not promise.above:
                beside.append(promise)
                continue
            found, masked = 0, False
            if any(_tells(finding, promise) for finding in known.get((cell.segment, rule.id), ())):
                found = 1
            elif not (masked := _masked(self.segments[cell.segment].text[cell.start : cell.end])):
                hits = list(self.judge.cell(cell, rule, promise.column))
                made.extend(hits)
                found = 1 if hits else 0
            if head is not None and (found or masked):
                # A cell that was masked is still a cell of its column.
                counts[head, rule.id] = counts.get((head, rule.id), 0) + found
        for promise in beside:
            if promise.head is not None and (promise.head, promise.rule.id) not in counts:
                made.extend(self.judge.cell(promise.cell, promise.rule, promise.column))
        self.hits.extend(made)
        for (head, name), count in counts.items():
            if count:
                self.hits.extend(self._column(head, name, count))

    def _column(self, head: Cell, name: str, count: int) -> Iterator[Hit]:
        """One finding for the column, at its head."""
        rule, of = self.rulebook.rule(COLUMN), self.rulebook.rule(name)
        if rule is not None and of is not None:
            yield self.judge.column(head, rule, of, count)

    def _by_matter(
        self, found: list[tuple[int, Finding]], grids: Sequence[Grid]
    ) -> list[tuple[int, Finding]]:
        rule = self.rulebook.rule(OUTSIDE)
        if self.matter is None or rule is None:
            return found
        judged = permitted(grids, found, self.matter)
        known: dict[int, list[tuple[int, int]]] = {}
        for index, finding in judged.found:
            if finding.family is Family.PERSONAL:
                known.setdefault(index, []).append(finding.span)
        for cell, why in judged.outside:
            spans = known.get(cell.segment, ())
            said = any(start < cell.end and cell.start < end for start, end in spans)
            if not said and self.segments[cell.segment].visible:
                index, new = self.judge.at(rule, cell.segment, (cell.start, cell.end))
                judged.found.append((index, new._replace(reason=why)))
        return judged.found

    def _undone(
        self, found: Sequence[tuple[int, Finding]], text: Sequence[Sheaf], grids: Sequence[Grid]
    ) -> list[tuple[int, Finding]]:
        known = {rule.id: rule for rule in self.rulebook.rules}
        return [
            self.judge.at(known[one.rule], one.segment, one.span)
            for one in undone(self.segments, text, grids, found)
            if one.rule in known
        ]

    def _persons(self, text: Sequence[Sheaf], signs: Sequence[Signs], tags: Sequence[Tags]) -> None:
        """Whoever was named in one place is found in all, and with him what is said of him and
        where he lives."""
        columns = {rule.id for rule in self.rulebook.rules if rule.check == "person_name"}
        addresses = {rule.id for rule in self.rulebook.rules if rule.suggest == "address"}
        addressed = {
            one for hit in self.hits if hit.finding.rule in addresses for one in _characters(hit)
        }
        listed: set[tuple[int, int]] = set()  # characters of segments
        for hit in self.hits:
            if hit.finding.rule in columns:
                self.people.add(hit.finding.place.member, squeeze(hit.finding.text))
                listed.update(_characters(hit))
        linking = Linking(
            self.people.named(), self.rulebook.rules, self.judge, self.rulebook.searches.facts
        )
        dwellings = Dwellings(self.rulebook.rules, self.judge)
        rules, told = {rule.id: rule for rule in self.rulebook.rules}, list[Hit]()
        for sheaf, seen, read in zip(text, signs, tags, strict=True):
            named = linking.private(sheaf)
            lines = list(lines_of(sheaf.text, named, lived(sheaf.text, seen)))
            for hit in linking.read(sheaf, named, [line for line in lines if line.named]):
                # What its column says of a name stands.
                if not listed or listed.isdisjoint(_characters(hit)):
                    self.hits.append(hit)
            facts = Facts(sheaf, lines, read) if self.weighed and lines else None
            told.extend(facts.hits(rules, self.judge) if facts else ())
            homes = read.get(HOME, ()) if self.reads else None
            for hit in dwellings.read(sheaf, seen, named, facts.home if facts else None, homes):
                if addressed.isdisjoint(_characters(hit)):
                    self.hits.append(hit)
        known: dict[tuple[int, int], list[Finding]] = {
            one: [] for h in told for one in _characters(h)
        }
        for hit in self.hits if told else ():
            for one in _characters(hit):
                if one in known:
                    known[one].append(hit.finding)
        for hit in told:
            if all(_says_more(hit.finding, f) for one in _characters(hit) for f in known[one]):
                self.hits.append(hit)

    def _unfinished(self, rule: Rule, index: int) -> Finding:
        segment = self.segments[index]
        return Finding(
            rule=UNFINISHED,
            family=rule.family,
            severity=Severity.ASK,
            place=segment.place,
            span=(0, 0),
            text="",
            masked=rule.label,
            visible=segment.visible,
            certainty=0.0,
            valid=None,
            reason=f"规则“{rule.label}”查得太慢，从这里起没有查完；请人工查看全文。",
            basis=rule.article,
            suggest="",
        )


def _tells(finding: Finding, promise: Promise) -> bool:
    """It lies in the cell, and is no milder than what its column says: a line at home is found
    as any other line is."""
    start, end = finding.span
    told = promise.column.severity or finding.severity
    return (
        start < promise.cell.end and promise.cell.start < end and finding.severity.rank <= told.rank
    )


def _says_more(fact: Finding, known: Finding) -> bool:
    """What is weighed may say more of a fact than a pattern knows; to all else it gives way."""
    within = fact.span[0] <= known.span[0] and known.span[1] <= fact.span[1]
    return within and known.rule == fact.rule != DWELLING


def _characters(hit: Hit) -> Iterator[tuple[int, int]]:
    """The characters it lies on: the segment and the place in it."""
    return ((hit.at, place) for place in range(*hit.finding.span))


def _masked(text: str) -> bool:
    return "*" in text or "＊" in text
