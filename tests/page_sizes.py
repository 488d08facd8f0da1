"""How large a screen is in the tests of pages, and which rules of accessibility are asked of each page."""

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
