"""The measuring stick itself: what it counts, that its parts are apart, and a slice of it."""

import io
import re
from functools import cache
from itertools import combinations, islice
from random import Random

import pytest

from detection import load
from formats.budget import Budget
from formats.opening import read_stream
from tests.labelled.carriers import write
from tests.labelled.classes import ALARMS, PROMISES, Promise, classes
from tests.labelled.corpus import PARTS, ROOT, blocks_of, lines_of, papers
from tests.labelled.document import COMMAND, PAGE, rules, rules_of
from tests.labelled.figures import Part, broken, lines, measured
from tests.labelled.flat import Flat
from tests.labelled.measuring import LostLabel, Outcome, measure
from tests.labelled.paper import Grid, Line, Paper
from tests.labelled.people import Person
from tests.labelled.scenes import Scene, words
from tests.labelled.template import BadTemplate, Mark, Text, fill

SHORT = 12
"""What is no longer, slots left out, is a form's own word, as `妥否，请批示。`"""
SLOT_OR_BAR = re.compile(r"\{[^}]*\}|⟦[a-z?!-]+:|[|⟧ ]")
ID = Person(Random(1), words("develop")).id
TOLD = f"经办人核对了身份证号{ID}一项。"


def paper(*blocks: Line | Grid, kind: str = "docx", full: bool = True) -> Paper:
    return Paper(Text("情况说明"), list(blocks), kind, full=full, template="here")


def labelled(text: str, value: str, kind: str) -> Text:
    at = text.index(value)
    return Text(text, (Mark(at, at + len(value), kind),))


def test_the_set_is_as_large_as_promised() -> None:
    chosen = [p for part in PARTS for p in papers(part)]
    marks = [m for p in chosen for _, text in p.texts() for m in text.marks if m.kind != "?"]
    assert len(chosen) >= 400
    assert len(marks) >= 3000


def test_ordinary_documents_are_long_enough_to_count_alarms() -> None:
    texts = (t for part in PARTS for p in papers(part, ordinary=True) for _, t in p.texts())
    assert sum(len(t.text) for t in texts) >= 200_000


def test_no_template_is_in_two_parts() -> None:
    names = sorted(p.stem for p in (ROOT / "develop").glob("*.txt"))
    for part in PARTS:
        assert names == sorted(p.stem for p in (ROOT / part).glob("*.txt"))
    for name in names:
        for ours, theirs in combinations(PARTS, 2):
            shared = set(lines_of(ours, name)) & set(lines_of(theirs, name))
            assert not {t for t in shared if len(SLOT_OR_BAR.sub("", t)) > SHORT}, name


@pytest.mark.parametrize("half", PARTS)
def test_every_label_is_of_a_known_kind(half: str) -> None:
    kinds = {
        m.kind.removeprefix("cell-")
        for p in papers(half)
        for _, text in p.texts()
        for m in text.marks
    }
    assert kinds - {"?"} <= set(classes())


def test_the_same_papers_come_each_time() -> None:
    first, second = (
        [(p.template, [t.text for _, t in p.texts()]) for p in islice(papers("develop"), 200)]
        for _ in range(2)
    )
    assert first == second


def test_a_template_says_where_its_labels_are() -> None:
    scene = Scene(Random(3), "develop")
    text = fill("<户主|农户>{name#1}与{-name#1}，⟦aid:低保户{-name#1}⟧，{?phone}。", scene)
    assert [m.kind for m in text.marks] == ["name", "aid", "?"]
    name, aid, _ = (text.text[m.start : m.end] for m in text.marks)
    assert aid == f"低保户{name}"
    assert text.text.count(name) == 3


@pytest.mark.parametrize("wrong", ["{nobody}", "⟦name⟧", "⟦name:甲", "<甲|乙", "甲⟧"])
def test_a_template_that_breaks_the_grammar_is_refused(wrong: str) -> None:
    with pytest.raises(BadTemplate):
        fill(wrong, Scene(Random(3), "develop"))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "txt", "html", "pdf", "zip"])
def test_a_label_is_found_where_it_stands(kind: str) -> None:
    outcome = measure(paper(Line(labelled(TOLD, ID, "id-number")), kind=kind), load())
    score = outcome.kinds["id-number"]
    assert (score.labels, score.found, score.false) == (1, 1, 0)


def test_what_is_not_found_is_a_miss() -> None:
    outcome = measure(paper(Line(labelled(TOLD, "经办人", "id-number"))), load())
    assert outcome.kinds["id-number"].labels == 1
    assert outcome.kinds["id-number"].found == 0
    assert [c.text for c in outcome.misses] == ["经办人"]


def test_a_find_without_a_label_is_false_where_all_is_labelled() -> None:
    outcome = measure(paper(Line(Text(TOLD))), load())
    assert (outcome.kinds["id-number"].finds, outcome.kinds["id-number"].false) == (1, 1)
    assert measure(paper(Line(Text(TOLD)), full=False), load()).kinds == {}


def test_a_value_half_found_is_not_found() -> None:
    longer = f"身份证号{ID}持有人张"
    text = Text(longer, (Mark(4, len(longer), "id-number"),))
    assert measure(paper(Line(text)), load()).kinds["id-number"].found == 0


def test_a_stop_at_the_grade_finds_the_mark() -> None:
    mark = "密级：秘密　保密期限：十年整"
    outcome = measure(paper(Line(labelled(mark, mark, "secret"))), load())
    assert outcome.kinds["secret"].found == 1


@pytest.mark.parametrize("kind", ["docx", "rtf", "pdf", "xlsx", "xls", "html"])
def test_values_of_a_cell_stand_in_lines_of_it(kind: str) -> None:
    text = Text(f"{ID}\n13912345678", (Mark(0, 18, "cell-id-number"),))
    grid = Grid([[Text("身份证及电话"), Text("备注")], [text, Text("无")]])
    assert measure(paper(grid, kind=kind, full=False), load()).kinds["cell-id-number"].found == 1


def test_a_label_that_the_file_does_not_hold_is_an_error() -> None:
    lost = Paper(Text("说明"), [Grid([[None, labelled(TOLD, ID, "id-number")]])], "csv")
    lost.texts = lambda: [("body", Text("不在其中", (Mark(0, 4, "name"),)))]  # type: ignore[method-assign]
    with pytest.raises(LostLabel):
        measure(lost, load())


def test_a_short_value_is_looked_for_behind_the_last_one() -> None:
    """A page's row is one text, in which a short value begins nowhere."""
    row = Grid([[Text("甲"), labelled("文昌", "文昌", "cell-name"), Text("一百元")]])
    name, data = write(paper(Line(Text("文昌街道")), row, kind="pdf"))
    flat = Flat(read_stream(io.BytesIO(data), Budget(), name))
    first = flat.text.index("文昌")
    assert flat.find("文昌", "table", first + 4) > first


def test_a_promise_that_does_not_hold_is_said() -> None:
    outcome = Outcome(characters=10_000)
    outcome.score("id-number").labels = 100
    outcome.score("id-number").found = 98
    outcome.alarms["phone"] = 2
    said = broken([Part("develop", outcome, outcome)])
    assert len(said) == 2
    assert "98.00%" in said[0]
    assert "2.00" in said[1]


def test_what_is_asked_in_ordinary_documents_is_said_of_every_rule() -> None:
    ordinary = Outcome(characters=20_000)
    ordinary.asked["family-fact"] = 3
    said = "\n".join(lines([Part("develop", Outcome(), ordinary)], "", ""))
    assert "1.50（3 处）" in said


def test_every_block_has_lines() -> None:
    for half in PARTS:
        for name in ("ordinary", "tables", "whole"):
            assert all(b.lines for b in blocks_of(half, name)), name


@cache
def sliced(name: str) -> Part:
    """Every fourth paper of a part, a tenth of its ordinary documents."""
    book = load()
    ordinary = list(papers(name, ordinary=True))[::10]
    return Part(name, measured(list(papers(name))[::4], book), measured(ordinary, book))


@pytest.fixture(params=[part for part in PARTS if part.startswith("develop")])
def develop(request: pytest.FixtureRequest) -> Part:
    """A slice of each part that rules are tuned against."""
    return sliced(request.param)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.group)
def test_what_is_promised_holds(develop: Part, promise: Promise) -> None:
    score = develop.group(promise.group)
    assert score.recall >= promise.recall, f"python -m tests.labelled --show {promise.group}"
    assert score.precision >= promise.precision, f"python -m tests.labelled --show {promise.group}"


def test_ordinary_documents_raise_few_alarms(develop: Part) -> None:
    assert develop.alarms <= ALARMS, "python -m tests.labelled --show ordinary"


def test_the_page_says_of_the_rules_what_they_say() -> None:
    if rules_of(PAGE.read_text(encoding="utf-8")) != rules(load()):
        pytest.fail(f"docs/detection.md is behind the rules; run: {COMMAND}", pytrace=False)
