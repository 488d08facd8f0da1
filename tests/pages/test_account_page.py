"""The account's page in a real Chromium: accessible, usable by keyboard, on a phone, and alone.

WCAG 2.2 level AA as far as axe can tell, in light and dark and at 390 px; every journey is made
with scripts switched off, and no request leaves the page.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from page_sizes import DESK, PHONE, RULES
from telling import DRIVER, PROSECUTOR, account_of, removed, saw, told
from whoseword.access import parse_reader
from whoseword.account import Account, account
from whoseword.doors.page import DocumentText, account_page
from whoseword.intake import keep_document
from whoseword.words import decode_statement

EXAMPLES = Path(__file__).parents[2] / "examples"
INCIDENTS = ("alder-court", "depot-road", "quarry-road")
TEXT = (
    "The woman was armed with a knife when officers came, and a tenant saw the man in handcuffs.\n"
    "The chief said that nobody was arrested at the scene, and he did not say how the child died.\n"
)
RELEASE = DocumentText("release.txt", "ab" * 32, "text/plain", TEXT)
PAPER = {"name": "Harrow Courier", "kind": "narrator"}
DIVISION = {"name": "childrens-division", "kind": "agency"}
LATER = datetime.fromisoformat("2032-01-01T00:00:00Z")

OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"


def view_of(incident: str) -> Account:
    lines = (EXAMPLES / incident / "statements.jsonl").read_bytes().splitlines()
    known = [decode_statement(line) for line in lines]
    reader = parse_reader("oversight@county")
    return account(known, incident=known[0].incident, as_of=LATER, reader=reader)


def documents_of(incident: str) -> Mapping[str, DocumentText]:
    kept = [
        keep_document(path.read_bytes(), path.name)
        for path in sorted((EXAMPLES / incident / "documents").iterdir())
    ]
    return {
        one.sha256: DocumentText(one.name, one.sha256, one.media_type, one.text) for one in kept
    }


def quoted(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    span = {"start": start, "end": start + len(words), "quote": words}
    return {"source": {"document": RELEASE.sha256, **span}}


def everything() -> Account:
    """A small account in which every part of the page has something to show."""
    knife = told("armed", who="woman", weapon="knife", **quoted("armed with a knife when officers"))
    many = [
        saw(
            "present", who="man", place="yard", by={"name": f"neighbor {number}", "kind": "witness"}
        )
        for number in range(6)
    ]
    view = account_of(
        knife,
        told("armed", who="woman", stance="cannot_say", replaces=knife.id),
        told("arrived", unit="car-1", **quoted("officers came, and a tenant")),
        saw("handcuffed", who="man", **quoted("the man in handcuffs")),
        told("arrested", who="anyone", stance="denies", **quoted("nobody was arrested")),
        told("attacked", whom="grandmother", hedge="possible", by=DRIVER, reviewed=False),
        told("cause_of_death", who="child", stance="cannot_say", **quoted("how the child died")),
        told("cause_of_death", who="child", by=PAPER, means="gunshot", **quoted("the child died")),
        told("contact", agency="childrens-division", place="Apt 3", stance="no_reply", by=DIVISION),
        told("withheld", item="video", stance="does", slots={"by": "harrow-police"}),
        told("conformed", who="officer-1", stance="does_not_know", on="in a document not held"),
        told("found", slots={"by": "prosecutor", "matter": "conformed(who=officer-1)"},
             finding="within policy", by=PROSECUTOR, basis="concluded"),
        told("prior_calls", place="Apt 3", count="2"),
        told("prior_calls", place="Apt 3", count="3", by=DRIVER),
        *many,
    )  # fmt: skip
    return msgspec.structs.replace(view, removed=(removed(), removed("quarantined", "misfiled")))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The address of each example's page, of one with every part, and of one with nothing."""
    folder = tmp_path_factory.mktemp("pages")
    written = {name: account_page(view_of(name), documents_of(name)) for name in INCIDENTS}
    empty = account([], incident="nothing", as_of=LATER, reader=parse_reader("public@county"))
    written["nothing"] = account_page(empty, {})
    written["everything"] = account_page(everything(), {RELEASE.sha256: RELEASE})
    for name, page in written.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in written}


@pytest.fixture
def silent(browser: Browser) -> Iterator[Page]:
    """A page with scripts switched off."""
    context = browser.new_context(viewport=DESK, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("incident", "scheme", "size"),
    [
        ("everything", "light", DESK),
        ("everything", "dark", DESK),
        ("everything", "light", PHONE),
        ("everything", "dark", PHONE),
        ("nothing", "light", DESK),
        ("depot-road", "dark", PHONE),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, pages: Mapping[str, str], incident: str, scheme: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(pages[incident])
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options=RULES).response
    assert found["violations"] == [], json.dumps(found["violations"], indent=1)[:4000]
    context.close()


@pytest.mark.parametrize("incident", [*INCIDENTS, "everything"])
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_never_scrolls_sideways(
    browser: Browser, pages: Mapping[str, str], incident: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(pages[incident])
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_the_keyboard_reaches_the_first_position_and_then_its_exact_words(
    silent: Page, pages: Mapping[str, str]
) -> None:
    silent.goto(pages["depot-road"])
    silent.keyboard.press("Tab")
    assert silent.locator(".skip:focus").is_visible()
    silent.keyboard.press("Enter")
    first = silent.locator(".answer > a").first
    for _ in range(40):
        silent.keyboard.press("Tab")
        if first.evaluate("one => one.matches(':focus')"):
            break
    else:
        pytest.fail("Tab does not reach the first position")
    silent.keyboard.press("Enter")
    silent.wait_for_url("**#s-*")
    statement = silent.locator(".statement:target")
    assert is_in_view(statement.locator("blockquote"))
    quote = statement.locator("blockquote a")
    for _ in range(3):
        silent.keyboard.press("Tab")
        if quote.evaluate("one => one.matches(':focus')"):
            break
    said = quote.locator("bdi").inner_text()
    silent.keyboard.press("Enter")
    silent.wait_for_url("**#w-*")
    words = silent.locator("mark:target")
    assert words.inner_text() == said
    assert is_in_view(words)


def is_in_view(locator: object) -> bool:
    """Whether the whole of it stands within the window."""
    return bool(
        locator.evaluate(  # type: ignore[attr-defined]
            "one => { const box = one.getBoundingClientRect();"
            " return box.top >= 0 && box.bottom <= window.innerHeight && box.height > 0 }"
        )
    )


def test_the_words_that_one_opens_are_lit_up(silent: Page, pages: Mapping[str, str]) -> None:
    silent.goto(pages["alder-court"])
    quote = silent.locator("a.words").first
    colour = "one => getComputedStyle(one).backgroundColor"
    words = silent.locator(f"mark{quote.get_attribute('href')}")
    before = words.evaluate(colour)
    quote.click()
    silent.wait_for_url("**#w-*")
    assert words.evaluate(colour) != before
    assert is_in_view(words)


@pytest.mark.parametrize("incident", INCIDENTS)
def test_the_page_asks_the_network_for_nothing(
    silent: Page, pages: Mapping[str, str], incident: str
) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    silent.on("request", note)
    silent.goto(pages[incident])
    silent.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [pages[incident]]


def test_no_complaint_stands_in_the_console(browser: Browser, pages: Mapping[str, str]) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(pages["alder-court"])
    assert told == []
    context.close()


def test_print_shows_every_statement(silent: Page, pages: Mapping[str, str]) -> None:
    silent.goto(pages["everything"])
    silent.emulate_media(media="print")
    assert silent.locator("nav").is_hidden()
    folded = silent.locator("details .evidence")
    assert folded.count() == 1
    for one in folded.all():
        assert one.evaluate("one => one.getBoundingClientRect().height") > 0


def test_words_that_cross_others_light_up_whole(silent: Page, pages: Mapping[str, str]) -> None:
    silent.goto(pages["everything"])
    (again,) = silent.locator("mark[class^='of-']").all()
    colour = "one => getComputedStyle(one).backgroundColor"
    before = again.evaluate(colour)
    address = (again.get_attribute("class") or "").removeprefix("of-")
    silent.goto(f"{pages['everything']}#{address}")
    assert again.evaluate(colour) == silent.locator(f"#{address}").evaluate(colour) != before


def test_what_nobody_reviewed_is_boxed_by_dashes(silent: Page, pages: Mapping[str, str]) -> None:
    silent.goto(pages["alder-court"])
    unreviewed = silent.locator(".statement.unreviewed")
    assert unreviewed.count() >= 1
    for one in unreviewed.all():
        assert one.evaluate("one => getComputedStyle(one).borderTopStyle") == "dashed"
        assert "not reviewed by a person" in one.inner_text()
