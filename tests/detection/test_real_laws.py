"""Official prose that speaks of secrets, ID cards and minors, and holds none of them."""

from detection import Severity, load
from detection.linking import PERSON
from tests.labelled import laws


def test_laws_raise_no_alarm() -> None:
    for path in {laws.OWN, *laws.texts()}:
        found = [finding for finding, _ in laws.findings(path, load())]
        loud = [f.rule for f in found if f.severity in {Severity.STOP, Severity.HIDE}]
        assert loud == [], path.name
        assert len(found) <= 2, path.name
        assert PERSON not in {f.rule for f in found}, path.name
