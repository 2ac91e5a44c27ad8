"""The real texts of laws, where they lie beside the checkout: what fires in them, by rule."""

from collections import Counter
from pathlib import Path

from detection import Severity, scan
from detection.finding import Finding
from detection.rulebook import Rulebook
from formats.reading import Kind, Part, Place, Reading, Segment

FOLDER = Path(__file__).parents[3] / "shared" / "real" / "laws"
OWN = Path(__file__).with_name("own-law.txt")
"""Of the same kind, in our own words."""


def texts() -> list[Path]:
    """The laws' files; none where they do not lie beside the checkout."""
    return sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []


def one_at_least() -> list[Path]:
    """The laws, or else our own text: no test goes without."""
    return texts() or [OWN]


def findings(path: Path, rulebook: Rulebook) -> list[tuple[Finding, str]]:
    """The findings in one law, each with the line it stands in."""
    rows = path.read_text(encoding="utf-8").splitlines()
    segments = [Segment(Place(Part.NAME), path.name)]
    segments += [Segment(Place(Part.BODY, paragraph=n), r) for n, r in enumerate(rows, 1) if r]
    found = scan(Reading(Kind.TXT, tuple(segments)), rulebook)
    return [(f, rows[f.place.paragraph - 1] if f.place.paragraph else path.name) for f in found]


def counts(rulebook: Rulebook) -> Counter[tuple[str, str]]:
    """Findings in all laws by rule and severity."""
    found = (f for path in texts() for f, _ in findings(path, rulebook))
    return Counter((f.rule, f.severity.value) for f in found)


def loud(rulebook: Rulebook) -> list[str]:
    """The laws with a finding of severity stop or hide."""
    bad = {Severity.STOP, Severity.HIDE}
    return [p.name for p in texts() if any(f.severity in bad for f, _ in findings(p, rulebook))]
