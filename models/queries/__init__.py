"""Read-only questions of the screens and the command line; the answers are NamedTuples."""
