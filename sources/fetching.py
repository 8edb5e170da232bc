"""The sources of a job that lie on the web: fetched together, and what came of each written down."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from bookgen_site.lib.fetching import FetchError
from sources.actions import record_arrival, reject
from sources.arrivals import Arrival, arrive_all
from sources.errors import Unreadable
from sources.extracting.sandbox import expect_pages
from sources.gazetteer import genders
from sources.models import Source
from sources.queries import waiting_sources
from sources.readings import read


@dataclass(frozen=True, slots=True)
class FetchedSources:
    """What came of each source, by its id: nothing is written until `record`."""

    answers: Mapping[int, Arrival | FetchError]

    @property
    def failures(self) -> int:
        """How many servers gave no document."""
        return sum(bool(_refusal(answer)) for answer in self.answers.values())

    @property
    def documents(self) -> int:
        """How many gave one."""
        return len(self.answers) - self.failures

    @transaction.atomic
    def record(self) -> None:
        """Write documents down for the judge, and reject what gave none, with status and reason."""
        for source_id, answer in self.answers.items():
            because, columns = _refusal(answer), _columns(answer)
            if because:
                reject(source_id=source_id, because=because, **columns)
            else:
                record_arrival(source_id=source_id, **columns)


def unfetched(job_id: uuid.UUID) -> QuerySet[Source]:
    """The sources that wait for their bytes."""
    return waiting_sources(job_id).filter(blob="")


def fetch_sources(sources: Iterable[Source]) -> FetchedSources:
    """Fetch these sources; a server that gives nothing is an answer, never an error."""
    addresses = {source.pk: source.url for source in sources}
    answers = arrive_and_read(addresses.values())
    return FetchedSources({source_id: answers[url] for source_id, url in addresses.items()})


def arrive_and_read(urls: Iterable[str]) -> Mapping[str, Arrival | FetchError]:
    """What came of each address; the documents are read already, and lie in the cache for their judge."""
    wanted = list(urls)
    # What every reader and judge needs is loaded while the servers are slow.
    expect_pages(len(wanted))
    threading.Thread(target=genders, daemon=True).start()
    return arrive_all(wanted, then=_read_ahead)


def _read_ahead(url: str, arrival: Arrival) -> None:
    """Read a document while the next ones are on their way: the judge finds it read. What goes wrong, it will meet."""
    try:
        read(arrival.blob, url)
    except (Unreadable, OSError):
        pass  # no verdict is made here


def _refusal(answer: Arrival | FetchError) -> str:
    with translation.override("en"):
        return answer.reason if isinstance(answer, FetchError) else answer.refusal


def _columns(answer: Arrival | FetchError) -> dict[str, Any]:
    """Columns of the row. Of a page that says "not found" the status is kept, and not its bytes."""
    if isinstance(answer, FetchError):
        return {}
    if answer.refusal:
        return {"status_code": answer.status}
    return {"status_code": answer.status, "blob": answer.blob, "origin_url": answer.url[:2000]}
