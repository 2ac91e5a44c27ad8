"""Word, spreadsheets and packages made from what models know.

It reads models and never changes them.
"""
