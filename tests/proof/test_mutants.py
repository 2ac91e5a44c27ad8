"""A small share of the mutants: a few of each format on each run of the gate.

The thousands are read by hand with `python -m tests.proof.mutation`.
"""

from pathlib import Path

import pytest

from tests.proof import mutation
from tests.proof.mutants import mutant
from tests.proof.specimens import SPECIMENS

COUNT = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("specimens")
    for name, data in SPECIMENS.items():
        (place / name).write_bytes(data)
    return place


@pytest.mark.parametrize("kind", sorted({name.rpartition(".")[2] for name in SPECIMENS}))
def test_mutants_end_in_a_reading_or_in_a_refusal(kind: str, folder: Path) -> None:
    tally = mutation.run(folder, COUNT, [kind])
    assert tally.faults == []
    assert sum(counts.total() for counts in tally.ended.values()) == COUNT


def test_a_mutant_can_be_made_again() -> None:
    for name, data in SPECIMENS.items():
        assert mutant(data, f"{name} 1") == mutant(data, f"{name} 1")
        assert len({mutant(data, f"{name} {seed}") for seed in range(20)}) > 5


def test_what_hangs_or_dies_is_told_and_the_next_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutation, "SECONDS", 0.0)
    watched = mutation.Watched(folder)
    name = next(iter(SPECIMENS))
    try:
        assert watched.ask(name, 0).startswith("hung")
        monkeypatch.setattr(mutation, "SECONDS", 30.0)
        assert watched.ask("no such file", 0).startswith("the process died")
        assert watched.ask(name, 0) in {"reading", "unreadable"}
    finally:
        watched.close()


def test_each_format_has_its_share() -> None:
    given = list(mutation.spread(["a.pdf", "b.pdf", "c.txt"], 6))
    assert given == [
        ("a.pdf", 0), ("c.txt", 0), ("b.pdf", 0), ("c.txt", 1), ("a.pdf", 1), ("c.txt", 2),
    ]  # fmt: skip
    assert list(mutation.spread(["a.pdf"], 2, 7)) == [("a.pdf", 7), ("a.pdf", 8)]
