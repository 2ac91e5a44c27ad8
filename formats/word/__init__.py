"""Word documents (.docx, .docm): every place text can stand, and a clean copy without the rest."""

from collections.abc import Sequence
from typing import BinaryIO

from formats.budget import Budget
from formats.reading import Kind, Mark, Reading
from formats.resting import collector_resting
from formats.word.reader import read_document


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """The document as segments. Raises Unreadable."""
    with collector_resting():
        return read_document(source, budget, kind)


def redact(source: BinaryIO, marks: Sequence[Mark], out: BinaryIO) -> None:
    """A new document at `out`, as `formats.redact` says. Raises Unreadable."""
    # Imported here: a scan must not pay for what only the knife needs.
    from formats.word.redactor import redact_document

    redact_document(source, marks, out)
