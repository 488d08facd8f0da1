"""What the public reads, and the page of a check, in a real Chromium: accessible, on a phone, alone.

WCAG 2.2 level AA as far as axe can tell, in light and dark, at 1280 and 390 px, without a script.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request

from agencies import Agency, agency
from page_sizes import DESK, PHONE, RULES
from told_examples import EXAMPLES

INCIDENT = "alder-court-2024"
FRIDAY, NOVEMBER = "2024-05-24T22:00:00Z", "2024-11-20T15:00:00Z"
AFTERWARDS = "2025-06-01T12:00:00Z"
DRAFT = "The woman was armed with a knife when officers came. Nobody knows how the child died.\n"
PAGES = ("index.html", "release-1.html", "check.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public files of an incident with two releases, and a draft that was checked."""
    made = agency(tmp_path_factory.mktemp("wexmoor"), "wexmoor-police", "information_officer")
    made.do("say", "--backfill", EXAMPLES / "alder-court" / "statements.jsonl", now=AFTERWARDS)
    for now in (FRIDAY, NOVEMBER):
        made.do("publish", INCIDENT, "--as", "Captain Lorne", "--as", "Counsel Reyes", now=now)
    out = made.home / "public"
    made.do("site", INCIDENT, "--out", out, now=AFTERWARDS)
    _check(made, out)
    return out


def _check(home: Agency, out: Path) -> None:
    draft = home.home / "draft.txt"
    draft.write_text(DRAFT, "utf-8")
    home.do("check", draft, "--incident", INCIDENT, "--html", out / "check.html", now=AFTERWARDS)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("scheme", "size"), [("light", DESK), ("dark", DESK), ("light", PHONE), ("dark", PHONE)]
)
def test_axe_finds_nothing(
    browser: Browser, folder: Path, name: str, scheme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((folder / name).as_uri())
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    assert found["violations"] == [], json.dumps(found["violations"], indent=1)[:4000]
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_never_scrolls_sideways(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto((folder / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_it_works_from_a_file_share_without_a_script_or_a_request(
    browser: Browser, folder: Path, name: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto((folder / name).as_uri())
    assert page.locator("h1").is_visible()
    assert [url for url in asked if not url.startswith("data:")] == [(folder / name).as_uri()]
    context.close()


def test_from_the_old_release_the_keyboard_leads_to_the_correction(
    browser: Browser, folder: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "release-1.html").as_uri())
    later = page.get_by_role("link", name="Release 2", exact=True).first
    for _ in range(8):
        page.keyboard.press("Tab")
        if later.evaluate("one => one.matches(':focus')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/release-2.html")
    assert page.get_by_role("heading", name="What is corrected here").is_visible()
    context.close()
