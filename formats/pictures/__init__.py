"""Pictures: files of their own and those inside documents; what they show and what they carry."""

from formats.pictures.reader import read

__all__ = ["read"]
