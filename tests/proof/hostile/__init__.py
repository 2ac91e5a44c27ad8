"""Files made to hurt a reader, a module a family; each gives CASES: name with suffix -> builder."""
