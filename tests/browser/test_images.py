"""The images of a book as an editor handles them: dropped, described, moved, shown under the strict policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import Desk
from tests.browser.test_desk import _begin, expect
from tests.fakes.pictures import drawing, photograph

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = "\"'><img src=x onerror=alert(1)> {{7*7}}"


def _words(page: Page, alt: str, chapter: str = "1") -> None:
    page.fill("#add-image [name=chapter]", chapter)
    page.fill("#add-image [name=caption]", EVIL)
    page.fill("#add-image [name=alt]", alt)
    page.fill("#add-image [name=rights]", "in the public domain")


def test_images_from_the_file_to_their_places(
    desk: Desk, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    (tmp_path / "pier.png").write_bytes(drawing(size=(300, 200), color=(90, 120, 90)))
    (tmp_path / "turned.jpg").write_bytes(photograph((300, 200)))
    (tmp_path / "page.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    page.goto(f"{_begin(page, desk, name='Ada of the Images')}images/")
    expect(page.locator("#book-images .empty")).to_be_visible()

    # What is wrong is told beside its field, and the words stay.
    page.set_input_files("#id_files", tmp_path / "page.png")
    _words(page, "A harbour")
    page.click("#add-image-now")
    expect(page.locator("#files-errors .bad")).to_contain_text("no JPEG and no PNG")
    expect(page.locator("#add-image [name=alt]")).to_have_value("A harbour")

    # A frontispiece has no chapter; the picture isn't asked for again.
    page.set_input_files("#id_files", tmp_path / "pier.png")
    page.select_option("#add-image [name=place]", "frontispiece")
    page.click("#add-image-now")
    expect(page.locator("#id_chapter-errors .bad")).to_be_visible()
    expect(page.locator(".kept-picture")).to_contain_text("pier.png")
    page.select_option("#add-image [name=place]", "opening")
    page.click("#add-image-now")
    shown = page.locator("#book-images .image")
    expect(shown).to_have_count(1)
    expect(shown.locator(".strong")).to_have_text(EVIL)

    page.set_input_files("#id_files", tmp_path / "turned.jpg")
    _words(page, "A pier")
    page.click("#add-image-now")
    expect(shown).to_have_count(2)
    picture = shown.nth(1).locator("img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function(
        "one => one.complete && one.naturalHeight > one.naturalWidth", arg=picture.element_handle()
    )
    shown.nth(1).get_by_role("button", name="Earlier").click()
    expect(shown.nth(0).locator("img")).to_have_attribute("alt", "A pier")

    shown.nth(0).locator("details.why summary").click()
    shown.nth(0).locator("[name$=caption]").fill("The pier")
    shown.nth(0).get_by_role("button", name="Save").click()
    expect(shown.nth(0).locator(".strong")).to_have_text("The pier")
    shown.nth(1).locator("details.confirm summary").click()
    shown.nth(1).get_by_role("button", name="Take out", exact=True).click()
    expect(shown).to_have_count(1)
    assert [one for one in complaints if "422" not in one] == []
