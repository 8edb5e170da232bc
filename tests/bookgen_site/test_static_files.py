"""What `collectstatic` makes: names by content, and what nginx hands out compressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from bookgen_site.lib.static_files import StaticFiles
from scripts.tools.places import ROOT

pytestmark = pytest.mark.once


def test_each_file_is_named_by_its_content_and_gzipped_beside_and_nothing_else(tmp_path: Path) -> None:
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    storage.save("page.css", ContentFile(b"body { color: black }\n" * 200))
    names = dict.fromkeys(["page.css"], storage)
    for _name, _hashed, done in storage.post_process({name: (one, name) for name, one in names.items()}):
        assert not isinstance(done, Exception)
    hashed = storage.stored_name("page.css")
    assert hashed != "page.css"
    made = {path.name for path in tmp_path.iterdir()} - {storage.manifest_name}
    assert made == {"page.css", "page.css.gz", hashed, f"{hashed}.gz"}


def test_a_team_uses_it() -> None:
    text = (ROOT / "bookgen_site" / "settings" / "security.py").read_text()
    assert f"{StaticFiles.__module__}.{StaticFiles.__name__}" in text
