"""Word documents of 1993-2003 and what WPS writes as .wps ([MS-DOC], and Word 6 and 95)."""

from formats.doc97.reader import read

__all__ = ["read"]
