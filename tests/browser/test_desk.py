"""The desk as a person uses it: from the form to the downloaded book, without ever reloading a page."""

from __future__ import annotations

import json
import signal
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.demos import demo_folders
from tests.browser.conftest import PATIENCE, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocketRoute

SMALL = Path(__file__).parents[1] / "fakes" / "brandreth"  # a life of a few pages, made in seconds
PLAIN = {".txt", ".md", ".html"}
EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'{{7*7}}'

TOKEN = "document.querySelector('[name=csrfmiddlewaretoken]').value"
SEND = f"fetch('/admin/logout/', {{method: 'POST', body: new URLSearchParams({{csrfmiddlewaretoken: {TOKEN}}})}})"


def expect(seen: Any) -> Any:
    """Playwright's, imported by the one process that drives the browser."""
    from playwright.sync_api import expect as patient  # noqa: PLC0415

    return patient(seen)


def _begin(page: Page, desk: Desk, name: str = "", folder: Path = SMALL, chapters: int = 2) -> str:
    """Make a book of three plain documents of a folder through the form; returns its address."""
    listed = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    files = sorted(path for path in folder.iterdir() if path.suffix in PLAIN)[:3]
    page.goto(f"{desk.url}/admin/books/new/")
    page.fill("#id_character", name or listed["subject"]["name"])
    page.check("#id_length_3")
    page.fill("#id_wanted_chapters", str(chapters))
    page.fill("#id_min_sources", "3")
    page.set_input_files("#id_files", [*files, folder / "sources.json"])
    page.click("#create")
    page.wait_for_url("**/admin/books/*-*/")
    return page.url


def _status(page: Page, status: str) -> None:
    expect(page.locator("#book-head .pill.big")).to_have_attribute(
        "data-status", status, timeout=PATIENCE * 1000
    )


def test_from_the_form_to_the_downloaded_book(
    desk: Desk, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    _begin(page, desk)
    expect(page.locator("#link-state")).to_have_text("live")
    page.evaluate("window.neverReloaded = true")
    _status(page, "needs_review")
    expect(page.locator("#book-chapters tbody tr").first).to_be_visible()
    expect(page.locator("#link-state")).to_have_text("live")  # the regions around it were exchanged
    expect(page.locator("#link-state")).to_be_visible()

    first = page.locator("#book-chapters tr", has=page.locator("td.num >> text=/^1$/"))
    first.locator("a.strong").click()
    sentence = page.locator("#chapter-text .cited").first
    sentence.click()
    shown = page.locator("#evidence .evidence.shown mark").first
    expect(shown).to_be_visible()
    assert shown.inner_text().split()[0].strip("“\"'") in sentence.inner_text()
    page.click("#approve")
    page.wait_for_url("**/chapters/*/")

    page.click(".crumbs a >> nth=1")
    page.evaluate("window.neverReloaded = true")
    page.click("#approve-shown")
    page.wait_for_load_state()
    page.evaluate("window.neverReloaded = true")
    _status(page, "completed")
    assert page.evaluate("window.neverReloaded")
    page.click("#tabs a >> text=Exports")
    with page.expect_download() as coming:
        page.click(".file")
    book = tmp_path / "book.docx"
    coming.value.save_as(book)
    assert "word/document.xml" in zipfile.ZipFile(book).namelist()
    assert complaints == []


def test_a_killed_desk_goes_on_and_the_open_page_follows(desk: Desk, page: Page) -> None:
    _begin(page, desk, folder=demo_folders()[0])  # long enough in the making to be killed in it
    page.evaluate("window.neverReloaded = true")
    expect(page.locator("#link-state")).to_have_text("live")
    desk.end(signal.SIGKILL)
    expect(page.locator("#link-state")).to_have_text("reconnecting")
    desk.start()
    _status(page, "needs_review")
    assert page.evaluate("window.neverReloaded")
    assert desk.end(signal.SIGTERM) < 15
    desk.start()


def test_a_hostile_name_runs_nothing(desk: Desk, page: Page, complaints: list[str]) -> None:
    address = _begin(page, desk, EVIL)
    for place in (address, f"{desk.url}/admin/", f"{desk.url}/admin/biographies/biographyjob/"):
        page.goto(place)
        expect(page.get_by_text("<img src=x").first).to_be_attached()
        assert page.evaluate("window.hacked") is None
    assert complaints == []


def test_every_page_fits_a_phone(desk: Desk, page: Page, chromium: Browser) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        storage_state=page.context.storage_state(),
        color_scheme="dark",
    )
    phone = context.new_page()
    book = _begin(page, desk)
    _status(page, "needs_review")
    chapter = desk.url + str(page.locator("#book-chapters a.strong").first.get_attribute("href"))
    tabs = [book + tab for tab in ("", "outline/", "sources/", "facts/", "quality/", "money/", "history/")]
    for place in (f"{desk.url}/admin/", f"{desk.url}/admin/books/new/", chapter, *tabs):
        phone.goto(place)
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), place
    phone.click(".frame-menu > summary")
    expect(phone.locator(".frame-menu .side-nav").get_by_text("Sources")).to_be_visible()
    context.close()


def test_both_pages_of_the_api_show_its_operations(desk: Desk, page: Page, complaints: list[str]) -> None:
    for address, operation in (("/api/docs/", ".opblock"), ("/api/redoc/", "[data-section-id^='tag/']")):
        page.goto(f"{desk.url}{address}")
        expect(page.locator(operation).first).to_be_visible(timeout=PATIENCE * 1000)
    # Redoc asks for its makers' badge from outside, sometimes before this is looked at. It gets none, and shows none.
    assert not [said for said in complaints if "https://cdn.redoc.ly/redoc/logo-mini.svg" not in said]


def test_an_open_page_goes_on_after_a_login_anew(desk: Desk, page: Page) -> None:
    """A line ends with its login: the server closes it when somebody logs out, or in anew, in another tab."""
    lines: list[WebSocketRoute] = []

    def joined(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket("**/ws/**", joined)
    _begin(page, desk)
    _status(page, "needs_review")
    state, other = page.locator("#link-state"), page.context.new_page()
    _log_out(other, desk)
    _log_in(other, desk)
    lines[-1].close(code=4403)
    expect(state).to_have_text("live")  # by the new login, and nobody had to do anything
    assert len(lines) == 2
    _log_out(other, desk)
    lines[-1].close()  # as when a handshake is refused: no code says why
    expect(state).to_have_text("you have been logged out")
    page.wait_for_timeout(2500)
    assert len(lines) == 2  # none is tried until somebody comes back
    before = page.evaluate(TOKEN)
    _log_in(other, desk)
    # What a browser does when its tab is taken up again.
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state).to_have_text("live")
    assert len(lines) == 3
    page.wait_for_function(f"before => {TOKEN} !== before", arg=before)
    assert (
        page.evaluate(f"({SEND}).then((answer) => answer.status)") == 200
    )  # by a form that was here all the time


def _log_in(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", desk.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def _log_out(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/admin/")
    assert page.evaluate(f"({SEND}).then((answer) => answer.status)") == 200
