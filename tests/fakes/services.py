"""A web server on loopback that answers as the services of the finders do, from tests/data/finders."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sources.discovery.asking import Answer

DATA = Path(__file__).parents[1] / "data" / "finders"
Query = Mapping[str, str]
Page = Callable[[Query], tuple[int, bytes]]


def sample(name: str) -> Any:
    """A stored answer; a missing one fails the test."""
    return json.loads((DATA / f"{name}.json").read_text())


def says(value: Any, status: int = 200) -> Page:
    """A page that always answers this JSON, or these bytes."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return lambda _query: (status, body)


def _wikidata(query: Query) -> tuple[int, bytes]:
    name = "search" if query["action"] == "wbsearchentities" else "entities"
    return says(sample(f"wikidata/{'labels' if query.get('props') == 'labels' else name}"))(query)


def _wikipedia(query: Query) -> tuple[int, bytes]:
    name = "article-2" if "elcontinue" in query else "article"
    return says(sample(f"wikipedia/{'search' if query.get('list') == 'search' else name}"))(query)


def documented() -> dict[str, Page]:
    """The pages of all services, by the path under which the finders ask; each service has a folder of its own."""
    return {
        "/wikidata/w/api.php": _wikidata,
        "/wikipedia/en/w/api.php": _wikipedia,
        "/wikipedia/es/w/api.php": says(sample("wikipedia/article-version-1")),
        "/open_library/search.json": says(sample("open_library/search")),
        "/internet_archive/advancedsearch.php": says(sample("internet_archive/search")),
        "/library_of_congress/search/": says(sample("library_of_congress/search")),
        "/library_of_congress/collections/chronicling-america/": says(
            sample("library_of_congress/newspapers")
        ),
        "/openalex/works": says(sample("openalex/works")),
    }


def http(url: str) -> Answer:
    """One request as the door makes it, without the door's manners: to a server on loopback."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="").geturl())
        response = connection.getresponse()
        return Answer(response.status, response.read())
    finally:
        connection.close()


class Services:
    """The server. `pages` may be changed while it runs, `asked` remembers paths and queries."""

    def __init__(self) -> None:
        self.pages = documented()
        self.default: Page = says({}, 404)
        self.asked: list[tuple[str, Query]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    def urls(self) -> dict[str, str]:
        """The setting FINDER_URLS."""
        names = {path.split("/")[1] for path in documented()}
        bases = {name: f"http://{self.place}/{name}" for name in names}
        return bases | {"wikipedia": f"http://{self.place}/wikipedia/{{language}}"}

    def break_all(self, page: Page) -> None:
        """Every service answers this from now on."""
        self.pages, self.default = {}, page

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        services = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the library's name for it
                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                services.asked.append((parts.path, query))
                status, body = services.pages.get(parts.path, services.default)(query)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                pass

        return Handler
