"""The measuring stick of detection: labelled files made from templates, and the figures of them.

The templates are text in `develop/` and `held-out/`; the rules are tuned against the first only.
`python -m tests.labelled` prints the figures of both.
"""
