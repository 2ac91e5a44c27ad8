"""What a text contains: segments to findings, pure.

It opens no file but its own rule packs, knows no database and no window.
"""
