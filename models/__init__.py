"""What is true, and the only acts that change it. peewee lives here.

It never opens a window, never parses a file's content and never writes a document.
"""
