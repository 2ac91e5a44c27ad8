"""What has to hold whatever the bytes are: hostile files, mutants, the table of places."""
