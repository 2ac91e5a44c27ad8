"""How a file gets in and is examined: watcher, child processes, the walk of one file."""
