"""Where people and programs come in: the command line now, pages and an API later.

Doors hold no rules: what may be said stands in ``words``, what may be opened in ``access``, what
it adds up to in ``account``.
"""
