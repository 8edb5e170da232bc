"""What the team settles for all its books, under the environment's ceilings."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from biographies.budgets import cap_of
from biographies.errors import BadWish, Forbidden, Stale
from biographies.models import TeamSettings
from biographies.team import caps, models_wanted, team
from biographies.team_actions import change_team_settings
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from engine.calls.roles import PRESETS, model_for
from notifications.models import AuditEntry
from tests.fakes import rows


@pytest.fixture
def administrator(db: None) -> User:
    return rows.person(roles.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def environment(settings: Settings) -> None:
    settings.MODEL_BOOK_BUDGET_USD = 20.0
    settings.MODEL_DAY_BUDGET_USD = None
    settings.MODEL_MONTH_BUDGET_USD = 100.0
    settings.MODELS_BY_ROLE = dict.fromkeys(("planner", "writer", "checker"), "claude")


def test_without_a_row_the_environment_holds(administrator: User) -> None:
    assert (caps().book, caps().day, caps().month) == (20_000_000, None, 100_000_000)
    assert models_wanted()["writer"] == "claude"


def test_the_desk_lowers_caps_and_chooses_models(administrator: User, settings: Settings) -> None:
    wanted: dict[str, Any] = {"book_cap_micros": 5_000_000, "day_cap_micros": 9_000_000}
    change_team_settings(by=administrator, version=0, **wanted, models_by_role={"writer": "gpt"})
    assert (caps().book, caps().day, caps().month) == (5_000_000, 9_000_000, 100_000_000)
    job = rows.job(author="model", budget_micros=8_000_000)
    assert cap_of(job) == 5_000_000
    assert model_for("writer", job).model == PRESETS["gpt"][0]
    assert model_for("planner", job).model == PRESETS["claude"][0]
    settings.MODEL_BOOK_BUDGET_USD = 2.0  # whoever runs the machine has the last word
    assert caps().book == 2_000_000
    entry = AuditEntry.objects.get(action="change_team_settings")
    assert (entry.before["book_cap_micros"], entry.after["book_cap_micros"]) == (None, 5_000_000)
    assert "month_cap_micros" not in entry.after


@pytest.mark.parametrize(
    "wanted",
    [
        {"book_cap_micros": 20_000_001},
        {"month_cap_micros": 100_000_001},
        {"default_budget_micros": 20_000_001},
        {"day_cap_micros": -1},
        {"models_by_role": {"writer": "<script>"}},
        {"models_by_role": {"poet": "gpt"}},
        {"colour": 1},
    ],
)
def test_what_makes_no_sense_is_refused(administrator: User, wanted: dict[str, Any]) -> None:
    with pytest.raises(BadWish):
        change_team_settings(by=administrator, version=0, **wanted)
    assert team().version == 0
    assert not AuditEntry.objects.exists()


def test_only_administrators_change_them_and_the_second_is_told(administrator: User, chief: User) -> None:
    with pytest.raises(Forbidden):
        change_team_settings(by=chief, version=0, day_cap_micros=1)
    change_team_settings(by=administrator, version=0, day_cap_micros=1)
    with pytest.raises(Stale):
        change_team_settings(by=administrator, version=0, day_cap_micros=2)
    change_team_settings(by=administrator, version=1, day_cap_micros=1)  # nothing new
    assert (TeamSettings.objects.get().version, AuditEntry.objects.count()) == (1, 1)
