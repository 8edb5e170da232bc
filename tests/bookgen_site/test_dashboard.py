"""Dashboard and alerts ask for nothing that isn't there, and leave out nothing that is."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest
import yaml
from django.core.cache import cache

from bookgen_site.metrics import sockets, timing
from bookgen_site.metrics.registry import Everything
from scripts.tools.places import ROOT
from tests.fakes import rows

DOCKER: Final = ROOT / "docker"
NAME: Final = re.compile(r"\bbookgen_[a-z_]+\b")
ENDINGS: Final = re.compile(r"_(bucket|sum|count|created)$")


def board() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DOCKER / "grafana" / "bookgen.json").read_text())
    return loaded


def questions() -> list[str]:
    """Of the dashboard."""
    return [target["expr"] for panel in board()["panels"] for target in panel.get("targets", [])]


def conditions() -> list[str]:
    """Of the alerts."""
    loaded = yaml.safe_load((DOCKER / "prometheus-alerts.yml").read_text())
    return [rule["expr"] for group in loaded["groups"] for rule in group["rules"]]


def names(told: str) -> set[str]:
    """The metrics that a question is about."""
    return {ENDINGS.sub("", name) for name in NAME.findall(told)}


def labels(told: str) -> set[str]:
    """The labels by which a question picks and groups."""
    grouped = re.findall(r"\bby \(([\w, ]+)\)", told)
    picked = re.findall(r"bookgen_\w+\{([^}]*)\}", told)
    names_of = {name for one in grouped for name in one.split(", ")}
    return names_of | {name for one in picked for name in re.findall(r"(\w+)\s*(?:=|!=|=~|!~)\s*\"", one)}


def asked() -> set[str]:
    """The metrics in all questions of the dashboard."""
    return names(" ".join(questions()))


@pytest.fixture
def known(db: None) -> dict[str, set[str]]:
    """Every metric there is, with the names of its labels, when there is something of everything."""
    cache.clear()
    job = rows.job(status="failed")
    plan = rows.plan(run=rows.run(job=job))
    type(plan).objects.filter(pk=plan.pk).update(finished_at=plan.planned_at)
    rows.call(status="answered", answer="x", tokens_in=10, tokens_out=3, cost_micros=1500, model_asked="a/b")
    rows.delivery()
    rows.alert()
    timing.SECONDS.labels("GET", "admin/", "200").observe(0.1)
    sockets.BEGUN.labels("accepted")
    found: dict[str, set[str]] = {}
    for metric in Everything().collect():
        if metric.name.startswith("bookgen_"):
            name = f"{metric.name}_total" if metric.type == "counter" else metric.name
            found.setdefault(name, set()).update(*(sample.labels for sample in metric.samples))
    return found


def test_the_dashboard_asks_for_what_there_is(known: dict[str, set[str]]) -> None:
    missing = asked() - set(known)
    assert not missing
    forgotten = set(known) - asked()
    assert not forgotten, "nobody sees these"


def test_the_alerts_ask_for_what_there_is(known: dict[str, set[str]]) -> None:
    assert names(" ".join(conditions())) <= set(known)


def test_questions_and_alerts_pick_and_group_by_labels_that_there_are(known: dict[str, set[str]]) -> None:
    found = {told: labels(told) for told in (*questions(), *conditions())}
    assert {"status", "route", "outcome", "le", "model"} <= set().union(*found.values())
    for told, wanted in found.items():
        assert wanted <= set().union(*(known[name] for name in names(told))), told


def test_the_labels_are_those_that_are_asked_for(known: dict[str, set[str]]) -> None:
    for panel in board()["panels"]:
        for target in panel.get("targets", []):
            of_names = set().union(*(known[name] for name in names(target["expr"])))
            shown = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            assert shown <= of_names, panel["title"]


def test_panels_lie_side_by_side() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in board()["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
