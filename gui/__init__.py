"""The window: shows, asks, calls. The only room that knows Qt.

It never opens a transaction, never decides a rule and never parses a file.
"""
