"""Style guides: kept by chief editors, one default per language, and the wishes that came with them."""

from __future__ import annotations

from typing import Any

import pytest

from biographies.errors import BadWish, Forbidden
from biographies.models import StyleGuide
from biographies.style_guides import default_guide, delete_style_guide, save_style_guide
from biographies.wishes import cleaned
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_of_each_language_one_is_the_default(chief: User) -> None:
    first = save_style_guide(guide=None, by=chief, name="House", text="Short sentences.", is_default=True)
    spanish = save_style_guide(
        guide=None, by=chief, name="Casa", text="Frases cortas.", language="es", is_default=True
    )
    second = save_style_guide(guide=None, by=chief, name="New house", text="Long ones.", is_default=True)
    first.refresh_from_db()
    assert not first.is_default
    assert default_guide("en") == second
    assert default_guide("es") == spanish


def test_a_change_is_written_down_and_a_name_is_taken_once(chief: User) -> None:
    guide = save_style_guide(guide=None, by=chief, name="House", text="Short.")
    save_style_guide(guide=guide, by=chief, name="House", text="Long.")
    entry = AuditEntry.objects.filter(action="save_style_guide").latest("pk")
    assert (entry.before["text"], entry.after["text"]) == ("Short.", "Long.")
    with pytest.raises(BadWish, match="of this name"):
        save_style_guide(guide=None, by=chief, name="House", text="Another.")
    delete_style_guide(guide=guide, by=chief)
    assert not StyleGuide.objects.exists()


def test_an_editor_keeps_none(editor: User) -> None:
    with pytest.raises(Forbidden):
        save_style_guide(guide=None, by=editor, name="House", text="Short.")


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"text": ""}, {"text": "x" * 4001}, {"language": "tlh"}, {"name": "x" * 101}]
)
def test_what_makes_no_sense_is_refused(chief: User, wrong: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"name": "House", "text": "Short."} | wrong
    with pytest.raises(BadWish):
        save_style_guide(guide=None, by=chief, **asked)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("webhook_url", "ftp://example.org"),
        ("webhook_url", "http://127.0.0.1/hook"),
        ("models_by_role", {"poet": "a/b"}),
        ("models_by_role", {"writer": "a b c"}),
        ("models_by_role", {"writer": 7}),
        ("models_by_role", "claude"),
        ("outline_review", "yes"),
    ],
)
def test_wishes_that_make_no_sense_name_their_field(field: str, value: object) -> None:
    with pytest.raises(BadWish) as refusal:
        cleaned(character="Ada", **{field: value})
    assert refusal.value.field == field


def test_good_wishes_go_through() -> None:
    values = cleaned(
        character="Ada",
        webhook_url="https://example.org/hook",
        models_by_role={"writer": "claude", "checker": ""},
        outline_review=True,
    )
    assert values["models_by_role"] == {"writer": "claude"}
    assert values["webhook_url"] == "https://example.org/hook"
