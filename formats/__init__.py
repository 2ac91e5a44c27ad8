"""What a file is: bytes to segments, and back again with holes.

It knows no rule, no database and no window; it runs on hostile files in a child process.
"""

from formats.cleaning import CLEANABLE, clean_suffix, redact
from formats.conversion import read_copy
from formats.opening import read

__all__ = ["CLEANABLE", "clean_suffix", "read", "read_copy", "redact"]
