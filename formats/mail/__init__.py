"""Mail and saved web archives: headers, bodies and every attachment, all from memory."""

import importlib
from typing import BinaryIO

from formats.budget import Budget
from formats.reading import Kind, Reading


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """A mail's segments; attachments under `place.member`. Raises Unreadable."""
    if kind is Kind.MSG:
        outlook = importlib.import_module("formats.mail.outlook")
        reading: Reading = outlook.read_message(source.read(), budget)
        return reading
    from formats.mail.letter import read_letter

    return read_letter(source.read(), budget, kind)
