"""Dialogs, only to decide: sentences, verbs on the buttons, the dangerous one never default."""
