"""Programs that are newer than the server: what they set and it doesn't know is left out, and nothing else."""

from __future__ import annotations

from pathlib import Path

from bookgen_site.backups.older_servers import without_unknown_settings

SCRIPT = """\
--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET transaction_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;

--
-- Name: remarks; Type: TABLE; Schema: public; Owner: -
--

COPY public.remarks (text) FROM stdin;
SET transaction_timeout = 0;
\\.
"""


def test_what_the_server_does_not_know_becomes_a_comment(tmp_path: Path) -> None:
    script = tmp_path / "script.sql"
    script.write_text(SCRIPT)
    without_unknown_settings(script, {"statement_timeout", "row_security"})
    assert script.read_text() == SCRIPT.replace("SET tr", "--  tr", 1)


def test_what_it_knows_stays(tmp_path: Path) -> None:
    script = tmp_path / "script.sql"
    script.write_text(SCRIPT)
    without_unknown_settings(script, {"statement_timeout", "transaction_timeout", "row_security"})
    assert script.read_text() == SCRIPT
