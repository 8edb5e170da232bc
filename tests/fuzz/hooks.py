"""What schemathesis is told of the rows that the campaign made; it loads this module in its own process.

`SEEDED` in the environment is the file with what `tests/fuzz/seed.py` printed. How many examples were generated for
each operation is written into the file `COUNTED`.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any, Final

import schemathesis
from hypothesis import strategies as st
from schemathesis import auths

FILE: Final = "a file, in base64"  # as `good.py` writes it, which needs the site's settings
SEEDED: Final[dict[str, Any]] = json.loads(Path(os.environ["SEEDED"]).read_text())
GOOD: Final = {(one["method"], one["path"]): one for one in SEEDED["good"]}
CHILDREN: Final[dict[str, dict[str, list[Any]]]] = SEEDED["children"]  # by job: its chapters, files, findings
KNOWN: Final = {
    name: {pk for of in CHILDREN.values() for pk in of[name]} for name in ("chapter_id", "export_id")
}
COUNTED: Final[Counter[str]] = Counter()
# No answer depends on them, whatever they say.
IDLE_HEADERS: Final = {
    "Accept-Language": ("es", "tlh", "en;q=0", "*", ",,;", "x" * 5000),
    "Origin": ("null", "https://elsewhere.example", "not an origin"),
    "Range": ("bytes=0-", "bytes=9-1", "pages=1"),
    "X-Forwarded-For": ("127.0.0.1", "::1, unknown", ","),
    "X-Request-Id": ("0" * 32, "' or 1=1"),
}


@schemathesis.hook
def after_call(_context: schemathesis.HookContext, case: Any, _response: Any) -> None:
    """Count what was generated; what the checks send besides doesn't pass here."""
    if case.meta is not None and case.meta.phase.name == "fuzzing":
        COUNTED[case.operation.label] += 1


@atexit.register
def write_count() -> None:
    """At the end, also of a run that was interrupted."""
    Path(os.environ["COUNTED"]).write_text(json.dumps(COUNTED))


@schemathesis.hook
def before_generate_case(context: schemathesis.HookContext, strategy: Any) -> Any:
    """An operation without any input would have one example: it gets headers that mustn't matter."""
    operation = context.operation
    if operation is None or operation.body or any(True for _one in operation.iter_parameters()):
        return strategy
    some = {name: st.sampled_from(values) for name, values in IDLE_HEADERS.items()}
    return st.builds(_with_headers, strategy, st.fixed_dictionaries({}, optional=some))


def _with_headers(case: Any, headers: dict[str, str]) -> Any:
    case.headers.update(headers)
    return case


@schemathesis.hook
def before_add_examples(context: schemathesis.HookContext, examples: list[Any]) -> None:
    """First of all a request that goes through."""
    operation = context.operation
    one = GOOD.get((operation.method.upper(), operation.path)) if operation else None
    if operation is None or one is None:
        return
    parts: dict[str, Any] = {name: one[name] for name in ("path_parameters", "query", "headers") if one[name]}
    if one["body"] is not None:
        parts |= {"body": _with_files(one["body"]), "media_type": one["media_type"]}
    case = operation.Case(**parts)
    # As for generated cases: what knows the key from other headers can then try to do without it.
    auths.set_on_case(case, auths.AuthContext(operation=operation, app=operation.app), None)
    examples.insert(0, case)


def _with_files(body: dict[str, Any]) -> dict[str, Any]:
    return {
        name: base64.b64decode(value[FILE]) if isinstance(value, dict) and FILE in value else value
        for name, value in body.items()
    }


@schemathesis.hook
def map_path_parameters(_context: schemathesis.HookContext, path_parameters: Any) -> Any:
    """A known chapter or file of another book becomes one of the book that the address names."""
    own = CHILDREN.get(str((path_parameters or {}).get("job_id")), {})
    for name, known in KNOWN.items():
        if own.get(name) and path_parameters.get(name) in known:
            places = sorted(known)
            path_parameters[name] = own[name][places.index(path_parameters[name]) % len(own[name])]
    return path_parameters
