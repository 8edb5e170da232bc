"""Are the compiled translations in step with their sources? `--compile` puts them in step.

    python -m scripts.tools.translations [--compile]

In place of Django's compilemessages, which needs GNU gettext on the machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from scripts.tools.places import ROOT, complain

Texts = dict[tuple[str | None, object], object]


def main(arguments: list[str] | None = None) -> int:
    """Check, or compile; the status is 0 when all are in step."""
    parser = argparse.ArgumentParser(description="Compiled translations in step with their sources.")
    parser.add_argument("--compile", action="store_true")
    sources = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if parser.parse_args(arguments).compile:
        for source in sources:
            compile_one(source)
    behind = [str(source.relative_to(ROOT)) for source in sources if not in_step(source)]
    return complain(f"Not compiled (make messages): {', '.join(behind)}") if behind else 0


def in_step(source: Path) -> bool:
    """True when the compiled file says what the source says."""
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        return False
    with source.open("rb") as wanted, compiled.open("rb") as found:
        return texts(read_po(wanted)) == texts(read_mo(found))


def texts(catalog: Catalog) -> Texts:
    """What a reader would see: the translated, certain texts by context and original."""
    return {
        (message.context, message.id): message.string
        for message in catalog
        if message.id and not message.fuzzy and any([message.string] if isinstance(message.string, str) else message.string)
    }


def compile_one(source: Path) -> None:
    """Write the compiled file beside its source."""
    with source.open("rb") as wanted:
        catalog = read_po(wanted)
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalog)


if __name__ == "__main__":
    sys.exit(main())
