"""OpenDocument files (.odt, .ods, .odp; OASIS ODF 1.2, GB/T 20916 follows it): every place."""

from formats.odf.reader import read

__all__ = ["read"]
