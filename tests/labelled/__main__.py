"""Prints the figures of detection; exit code 1 where a promise is broken.

python -m tests.labelled                   all parts, and the real laws where they lie beside
python -m tests.labelled --part develop-2  one part alone
python -m tests.labelled --show name       misses and false finds of a kind, develop parts only
python -m tests.labelled --laws            each finding in the real laws
python -m tests.labelled --write           the same into docs/detection.md
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from detection import load
from detection.rulebook import Rulebook
from tests.labelled import laws, learning, unseen
from tests.labelled.classes import classes, group_of
from tests.labelled.corpus import PARTS, papers
from tests.labelled.document import PAGE, page
from tests.labelled.figures import broken, lines, measured, part, places
from tests.labelled.measuring import Outcome

_SHOWN = [name for name in PARTS if name.startswith("develop")]


def _show(kind: str, names: list[str], rulebook: Rulebook) -> None:
    """The misses and false finds of one kind (or group, or of ordinary documents)."""
    ordinary = kind == "ordinary"
    outcome = Outcome()
    for name in names:
        outcome.add(measured(papers(name, ordinary=True), rulebook))
        if not ordinary:
            outcome.add(measured(papers(name), rulebook))

    def chosen(of: str, *, cell: bool) -> bool:
        name = f"cell-{of}" if cell else of
        return ordinary or kind in {name, of, group_of(name)}

    for case in outcome.misses:
        if chosen(case.kind, cell=case.cell):
            print(f"漏 {case.kind}　{case.template}　{case.around}　{case.said}")
    for case in outcome.falses:
        if chosen(case.kind, cell=case.cell):
            print(f"误 {case.kind}　{case.template}　{case.around}　{case.said}")


def _laws(rulebook: Rulebook) -> Iterator[str]:
    if not laws.texts():
        yield "旁边没有法律法规文本，没有核对。"
        return
    yield f"{len(laws.texts())} 部法律法规："
    yield ""
    yield "| 规则 | 级别 | 处 |"
    yield "| --- | --- | ---: |"
    for (rule, severity), count in sorted(laws.counts(rulebook).items()):
        yield f"| {rulebook.label(rule)} `{rule}` | {severity} | {count} |"


def main(words: list[str]) -> int:
    """Print, or write; 1 where a promise is broken."""
    known = argparse.ArgumentParser(prog="python -m tests.labelled")
    kinds = [*classes(), *(f"cell-{k}" for k in classes()), *(c.group for c in classes().values())]
    kinds += ["cells", "ordinary"]
    known.add_argument("--show", choices=sorted(set(kinds)), metavar="CLASS")
    known.add_argument("--laws", action="store_true")
    known.add_argument("--write", action="store_true")
    known.add_argument("--learn", choices=learning.TABLES, help="write its weights anew")
    known.add_argument("--unseen", action="store_true", help="lines that nothing was learned from")
    known.add_argument("--part", choices=PARTS, action="append")
    asked = known.parse_args(words)
    if asked.show and not set(asked.part or ()) <= set(_SHOWN):
        known.error(f"--show says what is missed in {_SHOWN} alone")
    if asked.write and asked.part:
        known.error("--write measures every part")
    if asked.learn:
        learning.write(asked.learn)
        return 0
    rulebook = load()
    if asked.unseen:
        print("\n".join(unseen.lines(rulebook)))
        return 0
    if asked.show:
        _show(asked.show, asked.part or _SHOWN, rulebook)
        return 0
    if asked.laws:
        for path in laws.texts():
            for finding, line in laws.findings(path, rulebook):
                print(path.name, finding.rule, finding.severity.value, finding.text, line[:60])
        return 0
    figures = [part(name, rulebook) for name in asked.part or PARTS]
    today = datetime.now(UTC).date().isoformat()
    said = [*lines(figures, today, rulebook.version), "", *places(figures)]
    print("\n".join([*said, "", *_laws(rulebook)]))
    missed = broken(figures)
    if loud := laws.loud(rulebook):
        missed.append(f"法律法规里有“禁止”或“遮盖”：{'、'.join(loud)}")
    for line in missed:
        print(f"没有达到：{line}", file=sys.stderr)
    if asked.write:
        PAGE.write_text(page(iter(said), _laws(rulebook), rulebook), encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
