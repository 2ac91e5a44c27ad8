"""Spreadsheets (.xlsx, .xlsm): bytes to segments, and back as a new workbook of visible values.

It computes no formula, runs no macro and follows no link.
"""

from formats.sheet.reader import read
from formats.sheet.redactor import redact

__all__ = ["read", "redact"]
