"""PowerPoint presentations (.pptx, .pptm, .ppsx, .potx): every place text can stand, by slide."""

from typing import BinaryIO

from formats.budget import Budget
from formats.reading import Kind, Reading
from formats.resting import collector_resting
from formats.slides.reader import read_deck


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """The presentation as segments, `page` = number of the slide. Raises Unreadable."""
    with collector_resting():
        return read_deck(source, budget, kind)
