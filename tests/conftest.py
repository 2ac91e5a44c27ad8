"""What holds for every test: a busy machine fails none of them."""

from hypothesis import settings

# How fast a thing is, `main.py bench` measures; an example that waits its turn proves nothing.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
