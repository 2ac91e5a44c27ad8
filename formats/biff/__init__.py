"""Excel workbooks of 1993-2003 and what WPS writes as .et ([MS-XLS], BIFF5 and BIFF8)."""

from formats.biff.reader import read

__all__ = ["read"]
