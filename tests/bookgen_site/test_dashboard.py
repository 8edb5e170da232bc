"""Dashboard and alerts ask for nothing that isn't there, and leave out nothing that is."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest
import yaml
from django.core.cache import cache

from bookgen_site.metrics import sockets  # noqa: F401  # its counters are there once Daphne has loaded it
from bookgen_site.metrics.registry import Everything
from scripts.tools.places import ROOT
from tests.fakes import rows

DOCKER: Final = ROOT / "docker"
NAME: Final = re.compile(r"\bbookgen_[a-z_]+\b")
ENDINGS: Final = re.compile(r"_(bucket|sum|count|created)$")


def board() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DOCKER / "grafana" / "bookgen.json").read_text())
    return loaded


def asked() -> set[str]:
    """The metrics in all questions of the dashboard."""
    told = [target["expr"] for panel in board()["panels"] for target in panel.get("targets", [])]
    return {ENDINGS.sub("", name) for name in NAME.findall(" ".join(told))}


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
    loaded = yaml.safe_load((DOCKER / "prometheus-alerts.yml").read_text())
    told = " ".join(rule["expr"] for group in loaded["groups"] for rule in group["rules"])
    assert {ENDINGS.sub("", name) for name in NAME.findall(told)} <= set(known)


def test_the_labels_are_those_that_are_asked_for(known: dict[str, set[str]]) -> None:
    for panel in board()["panels"]:
        for target in panel.get("targets", []):
            of_names = set().union(*(known[ENDINGS.sub("", name)] for name in NAME.findall(target["expr"])))
            shown = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            assert shown <= of_names | {"route", "status", "outcome"}, panel["title"]


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
