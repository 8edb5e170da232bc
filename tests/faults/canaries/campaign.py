"""The campaign from beginning to end."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sized
from pathlib import Path

from rich.console import Console

from tests.faults.canaries import deeds as doing
from tests.faults.canaries.canary import Sighting, fresh
from tests.faults.canaries.due import is_due, reason_of
from tests.faults.canaries.installation import serving, settings_of
from tests.faults.canaries.outside import world
from tests.faults.canaries.places import sightings


def run(var: Path) -> int:
    """The whole campaign in this folder; the status is 1 when there is a leak."""
    began = time.monotonic()
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # of our mail server
    with world() as outside:
        env, canaries = settings_of(outside, var)
        os.environ.update(env)
        with serving(var, env) as url:
            done = doing.Deeds(url, outside, canaries)
            act(done)
        return _tell(done, sightings(done, var), time.monotonic() - began)


def act(done: doing.Deeds) -> None:
    """Everything that is done while it runs."""
    import django  # noqa: PLC0415  # its settings are in the environment only now

    django.setup()
    from bookgen_site.accounts.actions import ensure_first_login  # noqa: PLC0415

    person, _there_already = ensure_first_login()
    password = done.knows("password", fresh("x").text)
    person.set_password(password)
    person.save()
    browser = doing.log_in(done, person.username, password)
    client = doing.use_api(done, person, password)
    job = doing.make_book(done, client, person)
    doing.raise_alarm(done)
    doing.read_api(done, client, job)
    doing.walk(done, browser, job)
    doing.second_factor(done, browser, password)


def _tell(done: doing.Deeds, seen: list[Sighting], seconds: float) -> int:
    console = Console(width=200)
    leaks = [one for one in seen if not is_due(one)]
    names = sorted({one.name for one in done.canaries})
    console.print(f"{len(names)} kinds of secrets, {len(done.canaries)} in all: {', '.join(names)}")
    counts: dict[str, Sized] = {"pages": done.pages, "answers": done.answers, "prompts": done.outside.prompts}
    counts |= {"mails": done.outside.mails, "messages": done.outside.messages, "exports": done.exports}
    console.print(", ".join(f"{len(things)} {name}" for name, things in counts.items()))
    for one in seen:
        told = f"due: {reason_of(one)}" if is_due(one) else "LEAK"
        console.print(f"{one.canary} in {one.place} ({one.where[:160]}): {told}", markup=False)
    console.print(f"{len(leaks)} leaks in {seconds:.0f} s")
    return 1 if leaks else 0
