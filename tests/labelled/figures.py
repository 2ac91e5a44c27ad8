"""The figures: each part measured, held against what was promised, and said in a table."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detection.rulebook import Rulebook
from tests.labelled.classes import ALARMS, PROMISES, Promise, group_of, label_of
from tests.labelled.corpus import papers
from tests.labelled.measuring import Outcome, Score, measure
from tests.labelled.paper import Paper


@dataclass(frozen=True)
class Part:
    """What one part of the set came to: its labelled papers and its ordinary documents."""

    name: str
    labelled: Outcome
    ordinary: Outcome

    @property
    def alarms(self) -> float:
        """Findings of severity hide or stop in 10,000 characters of ordinary documents."""
        return self._often(self.ordinary.alarms)

    @property
    def asked(self) -> float:
        """Findings of severity ask, of any rule, in as many."""
        return self._often(self.ordinary.asked)

    def _often(self, found: Counter[str]) -> float:
        return found.total() / max(1, self.ordinary.characters) * 10_000

    @property
    def kinds(self) -> dict[str, Score]:
        """Every kind; what is found in ordinary documents, where there is nothing, is false."""
        both = Outcome()
        both.add(self.labelled)
        both.add(self.ordinary)
        return both.kinds

    def group(self, name: str) -> Score:
        """All kinds of one promise together."""
        total = Score()
        for kind, score in self.kinds.items():
            if group_of(kind) == name:
                total.add(score)
        return total


def measured(chosen: Iterable[Paper], rulebook: Rulebook) -> Outcome:
    """The sum over some papers."""
    total = Outcome()
    for paper in chosen:
        total.add(measure(paper, rulebook))
    return total


def part(name: str, rulebook: Rulebook) -> Part:
    """One part, measured."""
    return Part(
        name,
        measured(papers(name), rulebook),
        measured(papers(name, ordinary=True), rulebook),
    )


def broken(figures: Iterable[Part]) -> list[str]:
    """The promises that do not hold, a line each."""
    found = []
    for each in figures:
        for promise in PROMISES:
            score = each.group(promise.group)
            for word, value, least in _held(promise, score):
                if value < least:
                    found.append(
                        f"{each.name}：{promise.label}{word} {value:.2%}，应不低于 {least:.0%}"
                    )
        if each.alarms > ALARMS:
            said = f"普通公开文件每万字误报 {each.alarms:.2f} 处，应不超过 {ALARMS:.0f} 处"
            found.append(f"{each.name}：{said}")
    return found


def _held(promise: Promise, score: Score) -> Iterator[tuple[str, float, float]]:
    yield "查全率", score.recall, promise.recall
    yield "查准率", score.precision, promise.precision


def lines(figures: list[Part], date: str, rulebook: str) -> Iterator[str]:
    """The figures as Markdown that is also fit for the screen."""
    yield f"日期：{date}　规则集：`{rulebook[:16]}`"
    yield ""
    counts = [
        f"{p.name}：{p.labelled.files} 个文件、{_labels(p)} 处标注，"
        f"普通文件 {p.ordinary.files} 个、{p.ordinary.characters} 字"
        for p in figures
    ]
    yield "；".join(counts) + "。"
    yield ""
    names = [p.name for p in figures]
    yield f"| 承诺 | 应达到 | {' | '.join(f'{n} 查全 / 查准' for n in names)} |"
    yield f"| --- | --- | {' | '.join('---:' for _ in names)} |"
    for promise in PROMISES:
        wanted = f"≥ {promise.recall:.0%}"
        if promise.precision:
            wanted += f" / ≥ {promise.precision:.0%}"
        cells = [_cell(p.group(promise.group)) for p in figures]
        yield f"| {promise.label} | {wanted} | {' | '.join(cells)} |"
    alarms = [f"{p.alarms:.2f}（{p.ordinary.alarms.total()} 处）" for p in figures]
    yield f"| 普通文件每万字“遮盖”“禁止”误报 | ≤ {ALARMS:.0f} | {' | '.join(alarms)} |"
    asked = [f"{p.asked:.2f}（{p.ordinary.asked.total()} 处）" for p in figures]
    yield f"| 普通文件每万字“核实”（各条规则） | – | {' | '.join(asked)} |"
    yield ""
    yield (
        "| 类别 | " + " | ".join(f"{n} 标注 / 查全 / 查准 / 偏轻 / 类别不同" for n in names) + " |"
    )
    yield f"| --- | {' | '.join('---:' for _ in names)} |"
    for kind in sorted({k for p in figures for k in p.kinds}, key=_order):
        cells = [_full(p.kinds.get(kind, Score())) for p in figures]
        yield f"| {label_of(kind)} `{kind}` | {' | '.join(cells)} |"


def _order(kind: str) -> tuple[int, str]:
    groups = [p.group for p in PROMISES]
    group = group_of(kind)
    return (groups.index(group) if group in groups else len(groups), kind)


def _labels(each: Part) -> int:
    return sum(s.labels for s in each.kinds.values())


def _cell(score: Score) -> str:
    return f"{score.recall:.2%} / {score.precision:.2%}"


def _full(score: Score) -> str:
    if not score.labels and not score.finds:
        return "–"
    return (
        f"{score.labels} / {score.recall:.1%} / {score.precision:.1%}"
        f" / {score.mild} / {score.other}"
    )


def places(figures: list[Part]) -> Iterator[str]:
    """Where marks of state secrets were put, and how many were found, all parts together."""
    total: dict[str, Score] = {}
    for each in figures:
        for place, score in each.labelled.places.items():
            total.setdefault(place, Score()).add(score)
    cells = [f"{place} {score.found}/{score.labels}" for place, score in sorted(total.items())]
    yield "国家秘密标志放过的位置（查出/放入）：" + "，".join(cells) + "。"
