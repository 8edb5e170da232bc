"""Answers that have been paid for, on disk until the database has them: one that is away loses none.

An answer is written before it is recorded, whole and to the disk, and removed after. What a process left here (it was
killed, or the database was away) is found by whoever works the unit next, and by the next round of every sweep. The
folder lies in the store of files, which all workers of a team share.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings

from engine.calls import booking
from engine.models import ModelCall
from engine.models_api.answers import Answer
from engine.models_api.pricing import Price
from engine.models_api.usage import Usage

log = structlog.get_logger(__name__)

ROOM: Final = "answers"
YOUNG: Final = 5.0  # seconds that an answer is left to the thread that has it in hand
OLD: Final = 8 * 86_400.0  # seconds; an answer whose call is gone by then belonged to a deleted book


@dataclass(frozen=True, slots=True)
class Kept:
    """A paid answer as it lies on the disk; the price is for an answer that came without its cost."""

    answer: Answer
    price: Price
    latency_ms: int


def keep(call: ModelCall, kept: Kept) -> None:
    """Write the answer down; a disk that takes nothing is logged, for the answer may still reach the database."""
    try:
        _write_whole(_path(call.unit_id, call.request_hash), _packed(kept))
    except OSError as error:
        log.warning("answer_not_spooled", call=call.pk, error=str(error))


def drop(call: ModelCall) -> None:
    """The database has it."""
    _path(call.unit_id, call.request_hash).unlink(missing_ok=True)


def recover(call: ModelCall) -> str | None:
    """The text of the answer that an earlier worker of the unit was given, recorded now; None where there is none."""
    kept = _read(_path(call.unit_id, call.request_hash))
    if kept is None:
        return None
    booking.settle(call, kept.answer, kept.price, kept.latency_ms)
    drop(call)
    log.info("answer_recovered", call=call.pk)
    return kept.answer.text


def recover_all() -> int:
    """Record what lies here and nobody has in hand; returns how many. One round of the sweep."""
    return sum(_recover(path) for path in _left())


def _recover(path: Path) -> bool:
    unit, _, request_hash = path.stem.partition("-")
    call = ModelCall.objects.filter(unit_id=int(unit), request_hash=request_hash).first()
    if call is not None:
        return recover(call) is not None
    if _age(path) > OLD:
        path.unlink(missing_ok=True)
    return False


def _left() -> Iterator[Path]:
    for path in sorted(_folder().glob("*.json")):
        if _age(path) > YOUNG and path.stem.partition("-")[0].isdigit():
            yield path


def _age(path: Path) -> float:
    """Seconds by the disk's clock, which no test and no administrator moves; of a file that is gone: none."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _packed(kept: Kept) -> bytes:
    price = [str(kept.price.tokens_in), str(kept.price.tokens_out), kept.price.context]
    told = {"answer": asdict(kept.answer), "price": price, "latency_ms": kept.latency_ms}
    return json.dumps(told).encode()


def _read(path: Path) -> Kept | None:
    """What lies there; a file that a failing disk has damaged is as good as none."""
    try:
        told = json.loads(path.read_bytes())
        answer, (into, out, context) = told["answer"], told["price"]
        usage = Usage(**answer.pop("usage"))
        price = Price(Decimal(into), Decimal(out), context)
        return Kept(Answer(**answer, usage=usage), price, told["latency_ms"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        log.error("spooled_answer_damaged", file=path.name, error=str(error))
        return None


def _write_whole(path: Path, data: bytes) -> None:
    """The file is there with all its bytes after a loss of power too, or it isn't there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / ROOM


def _path(unit_id: int, request_hash: str) -> Path:
    return _folder() / f"{unit_id}-{request_hash}.json"
