"""``python -m whoseword``."""

from whoseword.wiring import main

main()
