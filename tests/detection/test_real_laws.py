"""Real official prose that speaks of secrets, ID cards and minors, and holds none of them."""

from pathlib import Path

import pytest

from detection import Severity, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment

LAWS = Path(__file__).parents[3] / "shared" / "real" / "laws"
FILES = sorted(LAWS.glob("*.txt")) if LAWS.is_dir() else []


@pytest.mark.skipif(not FILES, reason="the real texts do not lie beside this checkout")
def test_laws_raise_no_alarm() -> None:
    for path in FILES:
        rows = path.read_text(encoding="utf-8").splitlines()
        segments = [Segment(Place(Part.NAME), path.name)]
        segments += [
            Segment(Place(Part.BODY, paragraph=n), row) for n, row in enumerate(rows, 1) if row
        ]
        found = scan(Reading(Kind.TXT, tuple(segments)), load())
        loud = [f.rule for f in found if f.severity in {Severity.STOP, Severity.HIDE}]
        assert loud == [], path.name
        assert len(found) <= 2, path.name
