"""What schemathesis is told of the rows that the campaign made; it loads this module in its own process.

`SEEDED` in the environment is the file with what `tests/fuzz/seed.py` printed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import schemathesis
from schemathesis import auths

SEEDED: Final[dict[str, Any]] = json.loads(Path(os.environ["SEEDED"]).read_text())
GOOD: Final = {(one["method"], one["path"]): one for one in SEEDED["good"]}
CHILDREN: Final[dict[str, dict[str, list[Any]]]] = SEEDED["children"]  # by job: its chapters, files, findings
KNOWN: Final = {
    name: {pk for of in CHILDREN.values() for pk in of[name]} for name in ("chapter_id", "export_id")
}


@schemathesis.hook
def before_add_examples(context: schemathesis.HookContext, examples: list[Any]) -> None:
    """First of all a request that goes through."""
    operation = context.operation
    one = GOOD.get((operation.method.upper(), operation.path)) if operation else None
    if operation is None or one is None:
        return
    parts: dict[str, Any] = {name: one[name] for name in ("path_parameters", "query", "headers") if one[name]}
    if one["body"] is not None:
        parts |= {"body": one["body"], "media_type": one["media_type"]}
    case = operation.Case(**parts)
    # As for generated cases: what knows the key from other headers can then try to do without it.
    auths.set_on_case(case, auths.AuthContext(operation=operation, app=operation.app), None)
    examples.insert(0, case)


@schemathesis.hook
def map_path_parameters(_context: schemathesis.HookContext, path_parameters: Any) -> Any:
    """A known chapter or file of another book becomes one of the book that the address names."""
    own = CHILDREN.get(str((path_parameters or {}).get("job_id")), {})
    for name, known in KNOWN.items():
        if own.get(name) and path_parameters.get(name) in known:
            places = sorted(known)
            path_parameters[name] = own[name][places.index(path_parameters[name]) % len(own[name])]
    return path_parameters
