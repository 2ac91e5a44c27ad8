"""The other face: verbs, JSON and exit codes. It runs where Qt is not installed."""
