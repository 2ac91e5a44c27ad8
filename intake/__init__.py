"""How a file gets in and is examined: watcher, child processes, the walk of one file.

Hostile bytes are parsed in children only, and what a child answers is not trusted. Nothing is kept
before it was looked at. It never decides a review, and never writes a table itself.
"""
