"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese offices, read straight from its zip."""

from formats.ofd.reader import read

__all__ = ["read"]
