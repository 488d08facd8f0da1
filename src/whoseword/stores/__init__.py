"""Where the books lie: each store keeps the protocol of ``books.protocol`` in its own dialect.

A store knows rows, never what they say; only ``wiring`` knows which store a home is on.
"""
