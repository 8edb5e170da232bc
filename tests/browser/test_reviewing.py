"""A chapter is reviewed as an editor does it: evidence, findings, another text, an edit, two people, the keys alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, Desk
from tests.browser.test_desk import _begin, _status
from tests.browser.test_making import _grave

# Each test has a chapter of its own, so that none meets what another has left there.
KEYS, EVIDENCE, TWO, CITED, HOSTILE, LOOKED_AT = TESTS = range(1, 7)
EVIL = (Path(__file__).parents[1] / "data" / "hostile_texts.jsonl").read_text(encoding="utf-8")
SHORT = 1000  # characters: the hostile texts that a comment, a note or a question has room for, all at once
# The place of the option that the server had chosen.
CHOSEN_FIRST = "[...document.querySelectorAll('#draft-trim option')].findIndex((one) => one.defaultSelected)"
GOATS = "She kept seven goats in the tower of Oslo."


@pytest.fixture(scope="module")
def made() -> dict[int, str]:
    """The addresses of the chapters of the book that the first test of this module made, by number."""
    return {}


def _open(page: Page, desk: Desk, made: dict[int, str], number: int) -> str:
    """A chapter of a small book at review, of which each test has its own; returns the address."""
    if not made:
        _begin(page, desk, chapters=len(TESTS))
        _status(page, "needs_review")
        for one in TESTS:
            row = page.locator("#book-chapters tr", has=page.locator(f"td.num >> text=/^{one}$/"))
            made[one] = desk.url + str(row.locator("a.strong").get_attribute("href"))
    page.goto(made[number])
    return made[number]


def _state(page: Page, state: str) -> None:
    expect(page.locator("#chapter-head .pill.big")).to_have_attribute(
        "data-status", state, timeout=PATIENCE * 1000
    )


def _store(page: Page, change: str, note: str = "") -> None:
    """Add words to the end of the text in the editor, and keep it."""
    page.click("#edit")
    box = page.locator("#edit-text")
    box.fill(box.input_value() + change)
    page.fill("#edit-note", note)
    page.click("#edit-save")


@pytest.fixture
def second(page: Page, chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    """Another browser of the same desk."""
    context: BrowserContext = chromium.new_context(
        viewport={"width": 1280, "height": 900}, storage_state=page.context.storage_state()
    )
    context.set_default_timeout(PATIENCE * 1000)
    other = context.new_page()
    other.on("pageerror", lambda error: complaints.append(str(error)))
    yield other
    context.close()


def test_a_chapter_is_reviewed_from_its_evidence_to_its_approval(
    desk: Desk, page: Page, made: dict[int, str], complaints: list[str]
) -> None:
    address = _open(page, desk, made, EVIDENCE)
    sentence = page.locator("#chapter-text .cited").nth(1)
    sentence.click()
    expect(page.locator("#evidence .evidence.shown mark").first).to_be_visible()
    expect(page.locator("#chapter-again")).to_be_hidden()
    assert _grave(page) == []
    page.fill("#comment-text", "Is this so?")
    page.click("#comment-form button")
    expect(page.locator(".comment:visible")).to_contain_text("Is this so?")
    expect(page.locator("#chapter-text a[data-comments]")).to_have_count(1)

    _store(page, f" {GOATS}", "Goats.")
    finding = page.locator(".finding[data-severity=error]", has_text=GOATS)
    expect(finding).to_be_visible()
    expect(page.locator("#chapter-text a[data-severity=error]")).to_have_text(
        f"{GOATS} (1 open finding, error)"
    )
    page.click("#approve")
    expect(page.locator(".messages")).to_contain_text("open errors")
    page.locator(".finding a.to-sentence", has_text=GOATS).click()
    finding.locator("summary").click()
    finding.locator("[name=reason]").fill("A joke.")
    finding.locator("details button").click()
    expect(page.locator(".finding", has_text="A joke.")).to_have_attribute("data-state", "dismissed")

    page.click("#evidence-close")
    before = page.locator("#chapter-text .paragraph p")
    first, last = before.first.inner_text(), before.last.inner_text()
    page.check("#chapter-text .choose input >> nth=0")
    expect(page.locator("#again-chosen li:visible")).to_have_count(1)
    expect(page.locator("#again-cost")).to_contain_text("nothing")
    page.fill("#instruction", "Otherwise.")
    page.click("#again-form button")
    _state(page, "needs_review")
    page.goto(address)
    expect(page.locator("#chapter-text .paragraph p").last).to_have_text(last)
    assert (
        page.locator("#chapter-text .paragraph p").first.inner_text() != first
        or page.locator(".finding", has_text="not written again").count()
    )

    page.click("#compare")
    expect(page.locator("#from")).to_be_visible()
    page.select_option("#from", "1")
    page.click("#compare-form button")
    expect(page.locator("#differences ins", has_text="seven goats")).to_be_visible()
    expect(page.locator(".steps-made")).to_contain_text("Goats.")
    page.click("#side")
    expect(page.locator("#differences .sides ins", has_text="seven goats")).to_be_visible()
    assert _grave(page) == []
    page.click("#restore-1")
    expect(page.locator("#chapter-text")).not_to_contain_text("seven goats")
    expect(page.locator("#chapter-head")).to_contain_text("restored")
    with page.expect_navigation():
        page.click("#approve")
    page.goto(address)
    _state(page, "approved")
    assert complaints == []


def test_the_keys_alone_are_enough(
    desk: Desk, page: Page, made: dict[int, str], complaints: list[str]
) -> None:
    address = _open(page, desk, made, KEYS)
    _store(page, f" {GOATS}")
    page.wait_for_url("**/chapters/*/")
    press = page.keyboard.press
    press("?")
    expect(page.locator("#help")).to_be_visible()
    for _tab in range(3):  # the focus stays inside
        press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || Boolean(document.activeElement.closest('#help'))"
        )
    press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    press("j")
    flagged = page.locator("#chapter-text a[data-severity]")
    expect(flagged.first).to_have_attribute("aria-current", "true")
    press("ArrowLeft")
    expect(page.locator("#evidence .evidence.shown").first).to_be_visible()
    press("Escape")
    expect(page.locator("#evidence .evidence.shown")).to_have_count(0)
    press("Enter")
    expect(page.locator("#evidence .evidence.shown").first).to_be_visible()
    press("c")
    page.keyboard.type("Said with keys: jkaren?")
    press("Tab")
    press("Enter")
    expect(page.locator(".comment:visible")).to_contain_text("Said with keys: jkaren?")
    press("k")
    press("r")
    expect(page.locator("#instruction")).to_be_focused()
    page.locator("#instruction").blur()
    press("e")
    expect(page.locator("#edit-text")).to_be_visible()
    page.locator("#edit-text").focus()
    press("Control+a")
    page.keyboard.type("So she went.")
    press("Control+s")
    page.wait_for_url("**/chapters/*/")
    expect(page.locator("#chapter-text")).to_contain_text("So she went.")
    page.wait_for_timeout(5000)  # the text is checked anew, and the page fetched again meanwhile
    page.locator("[id^=dismiss-] summary").first.focus()
    press("Enter")
    press("Tab")
    page.keyboard.type("It is a test.")
    with page.expect_navigation():
        press("Enter")
    expect(page.locator(".finding", has_text="It is a test.")).to_have_count(1)
    for reason in page.locator("[id^=resolve-]:visible").all()[::-1]:
        with page.expect_navigation():
            reason.press("Enter")
    page.goto(address)
    press("a")
    expect(page.locator("#approve-dialog")).to_be_visible()
    with page.expect_navigation():
        press("Enter")
    page.goto(address)
    _state(page, "approved")
    press("]")
    page.wait_for_url(lambda url: url != address)
    assert complaints == []


def test_two_people_at_one_text_lose_nothing(
    desk: Desk, page: Page, second: Page, made: dict[int, str], complaints: list[str]
) -> None:
    address = _open(page, desk, made, TWO)
    page.click("#edit")
    second.goto(address)
    _store(second, "\n\nA paragraph of hers.", "Hers.")
    expect(second.locator("#chapter-text")).to_contain_text("A paragraph of hers")
    box = page.locator("#edit-text")
    box.fill("Mine stands first. " + box.input_value())
    page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?"
    page.reload()  # the browser has kept what was typed
    expect(page.locator("#draft-found")).to_be_visible()
    page.click("#draft-take")
    assert page.locator("#edit-text").input_value().startswith("Mine stands first.")
    page.click("#edit-save")
    expect(page.locator("#conflict")).to_contain_text("has stored revision")
    expect(page.locator("#conflict ins")).to_contain_text("Mine stands first.")
    expect(page.locator("#conflict del").last).to_contain_text("A paragraph of hers")
    assert _grave(page) == []
    page.click("#take-both")
    page.click("#edit-save")
    page.wait_for_url("**/chapters/*/")
    expect(page.locator("#chapter-text")).to_contain_text("Mine stands first.")
    expect(page.locator("#chapter-text")).to_contain_text("A paragraph of hers")
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('bookgen-draft'))")
    assert [one for one in complaints if one and "409" not in one] == []


def test_news_sweep_nothing_away(
    desk: Desk, page: Page, second: Page, made: dict[int, str], complaints: list[str]
) -> None:
    address = _open(page, desk, made, LOOKED_AT)  # approved, it still can be looked at
    page.goto(address.split("chapters/")[0])
    approved = page.locator("#book-head .strip [data-status=approved]")
    before = approved.count()
    page.click("#confirm-draft summary")
    page.check("#confirm-draft [name=formats][value=epub]")
    page.select_option("#draft-trim", "a5")
    second.goto(address)
    second.fill("#comment-text", "Words of hers.")
    second.click("#approve")
    row = page.locator("#book-chapters tr", has=page.locator(f"td.num >> text=/^{LOOKED_AT}$/"))
    expect(row.locator(".pill")).to_have_attribute("data-status", "approved")
    expect(page.locator("#link-state")).to_have_text("live · news wait until you have finished here")
    expect(page.locator("#confirm-draft [value=epub]")).to_be_checked()
    expect(page.locator("#draft-trim")).to_have_value("a5")
    expect(approved).to_have_count(before)
    page.uncheck("#confirm-draft [value=epub]")
    page.select_option("#draft-trim", index=page.evaluate(CHOSEN_FIRST))
    page.focus("#confirm-draft summary")
    expect(approved).to_have_count(before + 1)  # now it follows, and nothing jumps
    expect(page.locator("#confirm-draft summary")).to_be_focused()
    expect(page.locator("#link-state")).to_have_text("live")

    second.goto(address)  # she went on to the next chapter; what she had typed here is still here
    expect(second.locator("#comment-text")).to_have_value("Words of hers.")
    second.click("#comment-form button")
    expect(second.locator(".comment .said")).to_have_text("Words of hers.")
    expect(second.locator("#comment-text")).to_have_value("")
    second.reload()
    expect(second.locator("#comment-text")).to_have_value("")
    assert complaints == []


def test_a_source_is_cited_from_the_editor(
    desk: Desk, page: Page, made: dict[int, str], complaints: list[str]
) -> None:
    _open(page, desk, made, CITED)
    page.click("#edit")
    expect(page.locator("#edit-preview #chapter-text")).to_be_visible()
    page.locator("#edit-text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nThis is new.")
    page.keyboard.press("Control+k")
    expect(page.locator("#cite-found button").first).to_be_visible()
    assert _grave(page) == []
    quote = page.locator("#cite-found button span").first.inner_text()
    page.locator("#cite-found button").first.click()
    expect(page.locator("#edit-text")).to_have_value(re.compile(r"This is new\.\[\^\d+\]$"))
    expect(page.locator("#edit-preview .cited", has_text="This is new.")).to_be_visible()
    page.click("#edit-save")
    page.wait_for_url("**/chapters/*/")
    page.locator("#chapter-text .cited", has_text="This is new.").click()
    expect(page.locator("#evidence .evidence.shown mark")).to_have_text(quote)
    assert complaints == []


def test_hostile_words_run_nothing_and_send_nothing(
    desk: Desk, page: Page, made: dict[int, str], complaints: list[str]
) -> None:
    texts = [row["text"] for row in map(json.loads, filter(None, EVIL.split("\n"))) if "text" in row]
    whole, short = "\n\n".join(texts), "\n\n".join(text for text in texts if len(text) < SHORT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = _open(page, desk, made, HOSTILE)
    book = address.split("chapters/")[0]
    _store(page, f"\n\n{whole}", short)
    page.wait_for_url("**/chapters/*/")
    page.fill("#comment-text", short)
    page.click("#comment-form button")
    expect(page.locator(".comment").last).to_be_visible()
    page.locator("[id^=dismiss-] summary").first.click()
    page.locator("[id^=reason-]").first.fill(short.replace("\n", " ")[:2000])
    page.locator("[id^=dismiss-] form button").first.click()
    expect(page.locator(".finding[data-state=dismissed]").first).to_be_attached()
    places = ("", "edit/", "compare/", "compare/?view=side")
    tabs = ("", "quality/", "quality/?state=dismissed", "history/")
    for place in (*(address + one for one in places), *(book + one for one in tabs)):
        page.goto(place)
        if place.endswith("edit/"):
            expect(page.locator("#edit-preview #chapter-text")).to_be_visible()
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
    assert [url for url in asked if not url.startswith((desk.url, desk.url.replace("http", "ws")))] == []
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_and_keep_nobody_out(
    desk: Desk, page: Page, chromium: Browser, made: dict[int, str], scheme: Any
) -> None:
    address = _open(page, desk, made, LOOKED_AT)
    width = {"light": 1440, "dark": 390}[scheme]
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        storage_state=page.context.storage_state(),
        color_scheme=scheme,
    )
    looked = context.new_page()
    for place in ("", "edit/", "compare/", "compare/?view=side"):
        looked.goto(address + place)
        assert _grave(looked) == [], place
        assert looked.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
    looked.goto(address)
    looked.locator("#chapter-text .cited").first.click()
    expect(looked.locator("#evidence .evidence.shown").first).to_be_in_viewport()
    expect(looked.locator("#chapter-text .cited").first).to_be_in_viewport()
    assert _grave(looked) == []
    context.close()
