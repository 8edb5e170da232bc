"""Are the compiled translations in step with their sources? `--compile` puts them in step.

    python -m scripts.tools.translations [--compile]

In place of Django's compilemessages, which needs GNU gettext on the machine.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from scripts.tools.places import ROOT, complain


def main(arguments: list[str] | None = None) -> int:
    """Check, or compile; the status is 0 when all are in step."""
    parser = argparse.ArgumentParser(description="Compiled translations in step with their sources.")
    parser.add_argument("--compile", action="store_true")
    sources = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if parser.parse_args(arguments).compile:
        for source in sources:
            source.with_suffix(".mo").write_bytes(compiled_bytes(source))
    behind = [str(source.relative_to(ROOT)) for source in sources if not in_step(source)]
    return complain(f"Not compiled (make messages): {', '.join(behind)}") if behind else 0


def in_step(source: Path) -> bool:
    """True when the compiled file says what the source says."""
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        return False
    return entries(io.BytesIO(compiled_bytes(source))) == entries(io.BytesIO(compiled.read_bytes()))


def entries(file: io.BytesIO) -> list[str]:
    """All texts of a compiled file. Other tools lay the same texts out in other bytes, so these are compared."""
    return sorted(repr((entry.context, entry.id, entry.string)) for entry in read_mo(file) if entry.id)


def compiled_bytes(source: Path) -> bytes:
    """The compiled form of a source: without what's empty or uncertain."""
    compiled = io.BytesIO()
    with source.open("rb") as wanted:
        write_mo(compiled, read_po(wanted))
    return compiled.getvalue()


if __name__ == "__main__":
    sys.exit(main())
