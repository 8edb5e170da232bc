"""A book is begun, its cost is told, its outline is changed and approved; and every page can be used by everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, Desk

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LETTER = next(iter(sorted((Path(__file__).parents[2] / "sources/demo/frederick-douglass").glob("*.txt"))))
GRAVE = {"serious", "critical"}
ROOMS = ("new", "settings", "webhooks")
TABS = ("", "outline/", "sources/", "facts/", "quality/", "money/", "author/", "exports/", "history/")


def _few_sources(page: Page) -> None:
    """Of the demo's sources the first three plain ones: enough for a small book."""
    boxes = page.locator(".kept-row", has=page.locator(".kind", has_text="TXT")).locator("input")
    chosen = [boxes.nth(place).get_attribute("value") for place in range(3)]
    for box in page.locator(".kept-row input").all():
        box.set_checked(box.get_attribute("value") in chosen)


def _grave(page: Page) -> list[Any]:
    """What axe-core finds that keeps somebody from using the page."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in GRAVE]


@pytest.fixture(scope="module")
def made(desk: Desk, chromium: Browser) -> dict[str, str]:
    """The address of the book that the first test of this module made, for the others."""
    return {}


def _make(page: Page, desk: Desk, made: dict[str, str], complaints: list[str]) -> str:
    """From the demo subject to an outline that waits; once for the whole module."""
    if made:
        return made["url"]
    page.goto(f"{desk.url}/admin/books/new/")
    page.click("text=Load the demo subject")
    expect(page.locator("#id_character")).not_to_have_value("")
    expect(page.locator("#estimate-time")).to_be_visible()
    expect(page.locator("#estimate-cost")).to_have_text("nothing")
    _few_sources(page)
    expect(page.locator("#estimate")).to_contain_text("3 sources", timeout=PATIENCE * 1000)
    expect(page.locator("#estimate")).to_contain_text("wants at least")
    page.fill("#id_min_sources", "3")
    expect(page.locator("#estimate")).not_to_contain_text("wants at least", timeout=PATIENCE * 1000)
    page.check("#id_length_3")
    page.fill("#id_wanted_chapters", "3")
    page.check("#id_outline_review")
    page.click("#create")
    page.wait_for_url("**/admin/books/*-*/")
    expect(page.locator("#help-outline")).to_be_visible(timeout=PATIENCE * 1000)
    assert complaints == []
    made["url"] = page.url
    return page.url


def test_a_book_from_the_demo_waits_with_its_outline_and_is_written_as_it_was_changed(
    desk: Desk, page: Page, made: dict[str, str], complaints: list[str]
) -> None:
    page.goto(_make(page, desk, made, complaints))  # another test may have made it
    page.click("#help-outline")
    titles = page.locator(".plan-form .title")
    expect(titles).to_have_count(3)
    third = titles.nth(2).input_value()
    titles.nth(2).fill("The last of them")
    titles.nth(2).press("Enter")  # the keyboard alone is enough
    expect(page.locator(".plan-form .title").nth(2)).to_have_value("The last of them")
    assert third != "The last of them"
    page.locator(".plan").nth(2).get_by_role("button", name="Up").click()
    expect(page.locator(".plan-form .title").nth(1)).to_have_value("The last of them")
    page.locator(".plan").nth(1).get_by_role("link", name="Facts").click()
    page.locator(".plan-facts").get_by_role("button", name="New chapter from here").last.click()
    expect(page.locator(".plan-form .title")).to_have_count(4)
    page.locator(".plan").nth(2).get_by_role("button", name="Merge with the next").click()
    expect(page.locator(".plan-form .title")).to_have_count(3)
    assert _grave(page) == []
    page.click("#approve-outline")
    expect(page.locator("#book-head .pill.big")).to_have_attribute(
        "data-status", "needs_review", timeout=PATIENCE * 1000
    )
    expect(page.locator("#book-chapters")).to_contain_text("The last of them")
    expect(page.locator("#tabs [aria-current=page]")).to_contain_text("Chapters")
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(
    desk: Desk, page: Page, chromium: Browser, made: dict[str, str], complaints: list[str], scheme: Any
) -> None:
    book = _make(page, desk, made, complaints)
    width = {"light": 1440, "dark": 390}[scheme]
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        storage_state=page.context.storage_state(),
        color_scheme=scheme,
    )
    looked = context.new_page()
    rooms = [f"{desk.url}/admin/{place}" for place in ("", *(f"books/{room}/" for room in ROOMS))]
    rooms.append(f"{desk.url}/account/second-factor/")
    for place in (*rooms, f"{book}sources/1/", *(book + tab for tab in TABS)):
        looked.goto(place)
        assert _grave(looked) == [], place
    context.close()


def test_without_a_script_the_estimate_has_a_button_and_tabs_are_links(
    desk: Desk, page: Page, chromium: Browser, made: dict[str, str], complaints: list[str]
) -> None:
    book = _make(page, desk, made, complaints)
    context = chromium.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{desk.url}/admin/books/new/")
    plain.fill("#id_character", "Ada Example")
    plain.set_input_files(
        "#id_files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Dear Ada. " * 99}
    )
    plain.click("#ask-estimate")
    expect(plain.locator("#estimate")).to_contain_text("1 source")
    expect(plain.locator("#id_character")).to_have_value("Ada Example")
    expect(plain.locator(".kept-row")).to_have_count(1)
    plain.goto(book)
    plain.click("#tabs a >> text=Facts and timeline")
    expect(plain.locator(".drawing svg")).to_be_visible()
    context.close()


def test_words_for_a_new_book_outlive_the_session_but_not_the_book(
    page: Page, desk: Desk, complaints: list[str]
) -> None:
    page.goto(f"{desk.url}/admin/books/new/")
    page.fill("#id_character", "Ada Quill")
    page.fill("#id_description", "She drew maps.")
    page.fill("#id_urls", "https://letters.invalid/1")
    page.context.clear_cookies(name="sessionid")
    page.click("#create")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", desk.password)
    page.press("[name=password]", "Enter")
    expect(page.locator("#id_character")).to_have_value("Ada Quill")
    expect(page.locator("#id_description")).to_have_value("She drew maps.")
    expect(page.locator("#id_urls")).to_have_value("https://letters.invalid/1")
    page.fill("#id_urls", "")
    page.fill("#id_min_sources", "1")
    page.set_input_files("#id_files", LETTER)
    page.click("#create")
    page.wait_for_url("**/admin/books/*-*/")
    page.goto(f"{desk.url}/admin/books/new/")
    expect(page.locator("#id_description")).to_have_value("")
    expect(page.locator("#id_character")).to_have_value("")
    assert complaints == []
