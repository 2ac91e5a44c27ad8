"""GB/T 9704-2012 in Word: page, elements, writer, and the checker that reopens a file.

It writes and measures; it never asks the catalogue.
"""

from exporters.gbt9704.checker import check

__all__ = ["check"]
