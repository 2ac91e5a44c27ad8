"""The measuring stick of detection: labelled files made from templates, and the figures of them.

The templates are text in `develop/` and `held-out/`; the rules are tuned against the first only.
What is in `develop-2/` and the like was written by somebody who had not read the rules.
`python -m tests.labelled` prints the figures of every part.
"""
