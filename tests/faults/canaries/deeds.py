"""What people and programs do in the campaign, each with a secret in hand. Every answer is kept."""

from __future__ import annotations

import base64
import re
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tests.faults.canaries.canary import Canary, fresh
from tests.faults.canaries.outside import Outside

DEMO: Final = Path(__file__).parents[3] / "sources" / "demo" / "frederick-douglass"
SOURCES: Final = ("10-chesnutt-biography-1899-ch-8-12.txt", "12-eb1911-douglass.html")
BOOK_PATIENCE: Final = 900.0
MOST_PAGES: Final = 70
LINK: Final = re.compile(r'href="(/(?:admin|account|book)/[^"#]*)')
LEFT_OUT: Final = ("logout", "/delete/", "password", "jsi18n")


@dataclass
class Deeds:
    """One run. `answers` are those of the API, `pages` those for people: pairs of what was asked and what came."""

    url: str
    outside: Outside
    canaries: list[Canary]
    answers: list[tuple[str, bytes]] = field(default_factory=list)
    pages: list[tuple[str, bytes]] = field(default_factory=list)
    exports: list[tuple[str, bytes]] = field(default_factory=list)

    def knows(self, name: str, text: str) -> str:
        """Remember a secret that the installation has made; returns it."""
        if text not in {one.text for one in self.canaries}:
            self.canaries.append(Canary(name, text))
        return text

    def ask(self, client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask the API."""
        answer = client.request(method, f"{self.url}{path}", **more)
        self.answers.append((f"{method} {path}", answer.content + str(answer.headers.multi_items()).encode()))
        return answer

    def page(self, client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask for a page. The cookies that it sets are meant for the browser, so they aren't kept."""
        more.setdefault("headers", {"Referer": self.url})
        answer = client.request(method, f"{self.url}{path}", **more)
        self.pages.append((path if method == "GET" else f"{method} {path}", answer.content))
        return answer

    def form(self, client: httpx.Client, path: str, **fields: str) -> httpx.Response:
        """Send a form of a page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)', self.page(client, "GET", path).text)
        assert token, path
        return self.page(client, "POST", path, data={"csrfmiddlewaretoken": token[1], **fields})


def log_in(deeds: Deeds, name: str, password: str) -> httpx.Client:
    """A browser in which somebody has logged in, after two wrong tries, one of them with another secret as the name."""
    client = httpx.Client(timeout=60)
    wrong = deeds.knows("mistyped password", fresh("x").text)
    deeds.form(client, "/admin/login/", username=name, password=wrong)
    deeds.form(client, "/admin/login/", username=name, password=password)
    deeds.knows("session", client.cookies["sessionid"])
    return client


def use_api(deeds: Deeds, person: Any, password: str) -> httpx.Client:
    """Get in by every road, and fail on each; returns a client with a key."""
    from bookgen_site.accounts.keys import make_key  # noqa: PLC0415  # Django must be set up before
    from bookgen_site.accounts.oauth import make_client  # noqa: PLC0415

    plain = deeds.knows("api key", make_key(user=person, name="canary")[1])
    client = httpx.Client(headers={"X-API-Key": plain}, timeout=60)
    wish = {"username": person.username, "password": password}
    pair = deeds.ask(client, "POST", "/api/v1/token", json=wish).json()
    access, refresh = deeds.knows("jwt access", pair["access"]), deeds.knows("jwt refresh", pair["refresh"])
    program, secret = make_client(user=person, name="canary", scopes="read write")
    asked = {"grant_type": "client_credentials", "client_id": program.client_id}
    asked["client_secret"] = deeds.knows("oauth secret", secret)
    got = deeds.ask(client, "POST", "/api/v1/oauth/token", data=asked).json()
    oauth = deeds.knows("oauth token", got["access_token"])
    ticket = deeds.ask(client, "POST", "/api/v1/ws-ticket", json={}).json()["ticket"]
    deeds.knows("socket ticket", ticket)
    for token in (access, oauth, plain, f"{access}x", f"{oauth}x", f"{plain}x"):
        for headers in ({"Authorization": f"Bearer {token}"}, {"X-API-Key": token}):
            deeds.ask(httpx.Client(headers=headers), "GET", f"/api/v1/biographies?token={token}")
    _go_wrong(deeds, client, password, refresh, ticket)
    return client


def _go_wrong(deeds: Deeds, client: httpx.Client, password: str, refresh: str, ticket: str) -> None:
    """Malformed requests that hold secrets where somebody might put them."""
    for body in (f'{{"username": "{password}", ', f'{{"password": ["{password}"]}}', f'{{"{password}": 1}}'):
        headers = {"Content-Type": "application/json"}
        deeds.page(
            client, "POST", "/api/v1/token", content=body, headers=headers
        )  # the answer may repeat a name
    deeds.ask(client, "POST", "/api/v1/token/refresh", json={"refresh": f"{refresh}x"})
    deeds.ask(client, "GET", f"/ws/notifications/?ticket={ticket}")
    deeds.ask(client, "GET", f"/api/v1/files/{ticket}")
    deeds.ask(client, "GET", "/metrics", headers={"Authorization": f"Bearer {ticket}"})


def make_book(deeds: Deeds, client: httpx.Client, person: Any) -> str:
    """A small book by the scripted model, approved and exported, with a webhook and an author who hears of it."""
    hook = {"url": f"{deeds.outside.receivers}/hook", "name": "canary"}
    made = deeds.ask(client, "POST", "/api/v1/webhooks", json=hook).json()
    deeds.knows("webhook secret", made["secret"])
    order: dict[str, Any] = {
        "character": "Frederick Douglass",
        "description": "American abolitionist, orator and writer, 1818-1895",
        "author": "model",
        "min_sources": 2,
        "start": False,
        "wanted_chapters": 2,
        "wanted_words": 900,
        "author_name": "Ada",
        "author_email": "ada@example.org",
    }
    job = str(deeds.ask(client, "POST", "/api/v1/biographies", json=order).json()["job_id"])
    files = [("files", (path.name, path.read_bytes())) for path in (DEMO / one for one in SOURCES)]
    deeds.ask(client, "POST", f"/api/v1/biographies/{job}/sources", files=files)
    _author_link(deeds, job, person)
    deeds.ask(client, "POST", f"/api/v1/biographies/{job}/start")
    _until(deeds, client, job, {"needs_review"})
    _approve(job, person)
    _until(deeds, client, job, {"completed"})
    _exports(deeds, client, job)
    return job


def _author_link(deeds: Deeds, job: str, person: Any) -> None:
    from notifications.author_links import make_link, token_of  # noqa: PLC0415  # Django must be set up before

    link = make_link(job_id=uuid.UUID(job), by=person, name="Ada", address="ada@example.org")
    token = deeds.knows("author link", token_of(link))
    for path in (f"/book/{token}/", f"/book/{token}x/", f"/book/{token}/chapters/999999/", f"/mail/{token}/"):
        deeds.page(httpx.Client(timeout=60), "GET", path)


def _until(deeds: Deeds, client: httpx.Client, job: str, states: set[str]) -> None:
    end = time.monotonic() + BOOK_PATIENCE
    while (told := client.get(f"{deeds.url}/api/v1/biographies/{job}/status").json())["status"] not in states:
        assert told["status"] not in {"failed", "paused", "cancelled"} - states, told
        assert time.monotonic() < end, told
        time.sleep(0.5)


def _approve(job: str, person: Any) -> None:
    from biographies.models import BiographyJob  # noqa: PLC0415  # Django must be set up before
    from engine.management.making import approve_all  # noqa: PLC0415

    said: list[str] = []
    assert not approve_all(job=BiographyJob.objects.get(pk=job), by=person, say=said.append), said


def _exports(deeds: Deeds, client: httpx.Client, job: str) -> None:
    wish = {"formats": ["docx", "epub", "md"]}
    asked = deeds.ask(client, "POST", f"/api/v1/biographies/{job}/exports", json=wish)
    assert asked.status_code == 202, asked.text
    _until(deeds, client, job, {"completed"})
    rows = deeds.ask(client, "GET", f"/api/v1/biographies/{job}/exports").json()
    assert len(rows) == 3, rows
    for row in rows:
        path = f"/api/v1/biographies/{job}/exports/{row['id']}/download"
        deeds.exports.append((path, client.get(f"{deeds.url}{path}").content))


def read_api(deeds: Deeds, client: httpx.Client, job: str) -> None:
    """Everything that the API says of the book."""
    parts = (
        "",
        "/status",
        "/cost",
        "/outline",
        "/events",
        "/logs",
        "/findings",
        "/chapters",
        "/sources",
        "/facts",
    )
    for part in parts:
        deeds.ask(client, "GET", f"/api/v1/biographies/{job}{part}")
    for path in ("status", "metrics", "webhooks", "biographies", "collections"):
        deeds.ask(client, "GET", f"/api/v1/{path}")
    deeds.ask(client, "GET", "/metrics")


def raise_alarm(deeds: Deeds) -> None:
    """Something to alert of, by every road; the chats refuse the first message."""
    from notifications.alerts import Trouble, reconcile  # noqa: PLC0415  # Django must be set up before
    from notifications.models import AlertSeverity, Delivery  # noqa: PLC0415

    reconcile([Trouble("canary", "cage", AlertSeverity.CRITICAL, "A canary sings", "Listen.")], ["canary"])
    end = time.monotonic() + BOOK_PATIENCE
    while Delivery.objects.filter(channel="chat", attempts=0).exists():
        assert time.monotonic() < end, "no alert was sent"
        time.sleep(0.5)


def walk(deeds: Deeds, client: httpx.Client, job: str) -> None:
    """The desk's pages, from the home page and the book's on, as an Administrator sees them."""
    book = f"/admin/books/{job}/"
    ahead = ["/admin/", book, f"{book}author/", f"{book}money/", f"{book}history/", "/admin/books/webhooks/"]
    seen = set(ahead)
    while ahead and len(seen) - len(ahead) < MOST_PAGES:
        text = deeds.page(client, "GET", ahead.pop(0), follow_redirects=True).text
        found = dict.fromkeys(link.replace("&amp;", "&") for link in LINK.findall(text))
        fresh_ones = [link for link in found if link not in seen and not any(one in link for one in LEFT_OUT)]
        seen.update(fresh_ones)
        ahead += fresh_ones


def second_factor(deeds: Deeds, client: httpx.Client, password: str) -> None:
    """Set up an authenticator app."""
    path = "/account/second-factor/"
    text = deeds.page(client, "GET", path).text
    secret = deeds.knows("totp secret", "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", text)))
    code = TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(time.time())).decode()
    done = deeds.form(client, path, password=password, code=code)
    codes = re.findall(r"<code>([a-z2-7-]{27})</code>", done.text)
    assert len(codes) == 10, done.text
    for one in codes:
        deeds.knows("recovery code", one)
    deeds.knows("session", client.cookies["sessionid"])
