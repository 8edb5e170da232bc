"""The author's page as a phone shows it: what is hidden is hidden, and the form leaves the page to its reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bookgen_site.env import BASE_DIR

STYLE = (BASE_DIR / "static" / "author" / "author.css").read_text(encoding="utf-8")
PAGE = f"""<style>{STYLE}</style><main style="height: 3000px"></main><form id="say" class="card">
<blockquote id="about" hidden>A sentence.</blockquote><textarea></textarea>
<button class="button main">Send</button> <button class="button" id="other" hidden>The whole chapter instead</button>
</form>"""


@pytest.mark.parametrize(("width", "before"), [(375, "static"), (1280, "sticky")])
def test_the_form_comes_up_on_a_phone_once_a_sentence_is_chosen(
    chromium: Browser, width: int, before: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 740})
    page.set_content(PAGE)
    expect(page.locator("#other")).to_be_hidden()
    expect(page.locator("#say")).to_have_css("position", before)
    page.evaluate("for (const one of document.querySelectorAll('[hidden]')) one.hidden = false")
    expect(page.locator("#other")).to_be_visible()
    expect(page.locator("#say")).to_have_css("position", "sticky")
    page.close()
