"""Lists: one model over ids and cached rows, one view, delegates, copying.

They never sort or filter in memory and never open a transaction.
"""
