"""Whose Word: every statement about a critical incident, and whose word it is.

Who said it, how they know, when, and who may see it, so that nobody acts on, or publishes,
more than is known. The packages read from top to bottom as the story: ``words`` (what can be
said), ``books`` (that it was said, unaltered), ``access`` (who may open which book), ``account``
(what it adds up to), ``intake`` (how the world speaks to it), ``stores``, ``doors``.
"""

__version__ = "0.1.0"
