"""Thousands of broken files: each must end in a Reading or in Unreadable.

    python -m tests.proof.mutation 20000               all specimens the tests of places build
    python -m tests.proof.mutation 2000 --only xls,doc
    python -m tests.proof.mutation 20000 --first 1000  other mutants than the first time
    python -m tests.proof.mutation --one a3f0.xls 17   write that mutant to the working folder

The specimens are gathered by running the tests that bear a place mark and keeping every file they
read (`tests/proof/harvest.py`). Each mutant is made from a specimen and a number, so that what is
found can be made again. It is read in a process of its own with a watchdog; the report counts how
each reading ended and names, for whatever else came out, the specimen and the number.
"""

import argparse
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.harvest import harvest
from tests.proof.mutants import mutant

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0
"""No small file may take longer, on a busy machine."""


@dataclass
class Tally:
    """How the readings ended: by kind of specimen, and what should not have been."""

    ended: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def count(self, name: str, seed: int, answer: str) -> None:
        """Note how the reading of one mutant ended."""
        kind = name.rpartition(".")[2]
        good = answer in {"reading", "unreadable"}
        self.ended.setdefault(kind, Counter())[answer if good else "else"] += 1
        if not good:
            self.faults.append(f"{name} {seed}: {answer}")

    def lines(self) -> Iterator[str]:
        """The report."""
        for kind in sorted(self.ended):
            counts = self.ended[kind]
            yield (
                f"{kind:6} {counts.total():6} mutants: {counts['reading']} read, "
                f"{counts['unreadable']} unreadable, {counts['else']} else"
            )
        yield from self.faults


class Watched:
    """One reading process; a hung one is killed and another takes its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._temp = tempfile.TemporaryDirectory(prefix="mutants-")
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def ask(self, name: str, seed: int) -> str:
        """How the reading of this mutant ended."""
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps([name, seed]) + "\n")
            process.stdin.flush()
            line = self._answers.get(timeout=SECONDS)
        except queue.Empty:
            self.stop()
            return f"hung for {SECONDS:.0f} seconds"
        except BrokenPipeError:
            line = ""
        if not line:
            code = process.wait()
            self.stop()
            return f"the process died with {code}"
        (answer,) = json.loads(line)
        return str(answer)

    def stop(self) -> None:
        """End it and make sure that it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
        self._process = None

    def close(self) -> None:
        """End it and its temporary folder."""
        self.stop()
        self._temp.cleanup()

    def _start(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.proof.reading_child", str(self._folder)]
        place = self._temp.name
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=os.environ | {"TMPDIR": place, "TEMP": place, "TMP": place},
            text=True,
        )
        self._answers = queue.Queue()
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        return self._process


def _listen(process: "subprocess.Popen[str]", answers: "queue.Queue[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)
    answers.put("")


def spread(names: Sequence[str], count: int, first: int = 0) -> Iterator[tuple[str, int]]:
    """`count` mutants: as many of each format as of every other, whatever there are specimens.

    Those of a specimen are numbered from `first`.
    """
    kinds: dict[str, list[str]] = {}
    for name in sorted(names):
        kinds.setdefault(name.rpartition(".")[2], []).append(name)
    turn = 0
    while turn * len(kinds) < count:
        for number, specimens in enumerate(kinds.values()):
            if turn * len(kinds) + number < count:
                yield specimens[turn % len(specimens)], first + turn // len(specimens)
        turn += 1


def run(folder: Path, count: int, only: Sequence[str] = (), first: int = 0) -> Tally:
    """Read `count` mutants of the files in `folder`, those of each numbered from `first`."""
    names = [p.name for p in folder.iterdir() if not only or p.suffix.removeprefix(".") in only]
    tally, watched = Tally(), Watched(folder)
    try:
        for name, seed in spread(names, count, first):
            tally.count(name, seed, watched.ask(name, seed))
    finally:
        watched.close()
    return tally


def main() -> int:
    """The command line; 1 where anything but a Reading or Unreadable came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--only", default="", help="kinds, as xls,doc")
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutants")
    parser.add_argument("--specimens", type=Path, help="a folder kept from an earlier run")
    parser.add_argument("--one", nargs=2, metavar=("SPECIMEN", "NUMBER"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="specimens-") as fresh:
        folder = options.specimens or Path(fresh)
        if not any(folder.glob("*")):
            harvest(folder)
        if options.one:
            name, seed = options.one
            Path(f"mutant-{name}").write_bytes(
                mutant((folder / name).read_bytes(), f"{name} {seed}")
            )
            return 0
        began = time.monotonic()
        only = [each for each in options.only.split(",") if each]
        tally = run(folder, options.count, only, options.first)
    for line in tally.lines():
        print(line)
    print(f"{len(tally.faults)} faults in {time.monotonic() - began:.0f} s")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
