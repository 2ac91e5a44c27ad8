"""Coverage-guided fuzzing of one reader, by hand; what it finds is fixed and kept as a test.

The fuzzer (atheris) is no dependency of the project. It lives in an environment of its own that
sees the project's packages:

    python -m venv FUZZ && FUZZ/bin/pip install atheris
    PYTHONPATH=.:.venv/lib/python3.11/site-packages FUZZ/bin/python -m tests.proof.fuzz \\
        xls SPECIMENS -max_total_time=180 -rss_limit_mb=2500 -artifact_prefix=found-

The first word is a kind of file, the second a folder of specimens as `tests/proof/harvest.py` makes
it; those of the kind are the corpus to start from. The rest goes to libFuzzer. Half of the inputs
are mutants of specimens that know the format's pieces, half are libFuzzer's own.

pdfium and the codecs are native and not instrumented: of them only a death of the process is seen.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["formats"]):
    import importlib

    from formats import opening
    from formats.budget import Budget
    from formats.reading import Kind, Unreadable

from tests.proof.mutants import mutant
from tests.proof.reading_child import LIMITS


def one_input(kind: str, data: bytes) -> None:
    """Read it; anything but a Reading or Unreadable ends the run."""
    try:
        opening.read_stream(io.BytesIO(data), Budget(LIMITS), f"a.{kind}")
    except (Unreadable, MemoryError):
        return


def mutated(data: bytes, largest: int, seed: int) -> bytes:
    """By turns our own mutator, which packs zips again and mends check sums, and libFuzzer's."""
    if seed % 2:
        return bytes(atheris.Mutate(data, largest))
    return mutant(data, str(seed))[:largest]


def main(words: list[str]) -> None:
    """Fuzz until libFuzzer's limits are reached."""
    program, kind, specimens, *rest = words
    with atheris.instrument_imports(include=["formats"]):
        importlib.import_module(opening.READERS[Kind(kind)])
    with tempfile.TemporaryDirectory(prefix="fuzz-") as corpus:
        for path in Path(specimens).glob(f"*.{kind}"):
            shutil.copy(path, corpus)
        atheris.Setup(
            [program, corpus, "-max_len=200000", "-timeout=30", *rest],
            lambda data: one_input(kind, data),
            custom_mutator=mutated,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
