"""Specimen files, each made in code."""
