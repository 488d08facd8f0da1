"""Loggers for libraries of the network that say nothing.

They would write a stranger's broken requests to standard error, and headers, with tokens in them,
into whatever log is kept at the finest level. What matters to a person is told by us.
"""

import logging


def quiet_log(name: str) -> logging.Logger:
    """A logger from which nothing goes anywhere."""
    logger = logging.getLogger(f"whoseword.{name}")
    logger.propagate = False
    logger.setLevel(logging.CRITICAL + 1)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return logger
