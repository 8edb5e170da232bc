"""The second step of logging in: a code of an authenticator app (TOTP, RFC 6238), or a recovery code.

The secret is sealed in the database and a recovery code only a hash: a stolen backup logs nobody in. Neither is good
twice, and tries are counted by person, so that many addresses get no more of them than one.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Final, NamedTuple

import structlog
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from bookgen_site.accounts.actions import end_sessions
from bookgen_site.accounts.logins import TooManyTries
from bookgen_site.accounts.models import RecoveryCode, SecondFactor, User
from bookgen_site.lib import clock
from bookgen_site.lib.crypto import UnreadableSecret, resealed, seal, unseal
from bookgen_site.lib.limits import Limit, forget, take

log = structlog.get_logger(__name__)

ISSUER: Final = "BookGen"
REQUIRED, OPTIONAL, OFF = MODES = ("required", "optional", "off")
DIGITS, STEP_SECONDS, SECRET_BYTES = 6, 30, 20  # what every authenticator app knows
SLACK: Final = (-1, 0, 1)  # steps: the clock of a phone may be half a minute off (RFC 6238, section 5.2)
CODES, GROUPS, GROUP_LENGTH = (
    10,
    4,
    6,
)  # 24 letters of base32 are 120 bits, so a plain hash can't be guessed back
TRIES, WINDOW = 5, 15 * 60  # wrong codes of one person, and seconds


class Enrolment(NamedTuple):
    """What the app must be told: the secret in base32, and the same as an address for its camera."""

    secret: str
    uri: str


def is_set_up(user: User) -> bool:
    """Whether the person has an authenticator app that was confirmed."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def is_asked(user: User) -> bool:
    """Whether this person's password alone isn't enough; whoever must still set it up is meant, too."""
    if settings.STAFF_TOTP == OFF:
        return False
    return must_have(user) or is_set_up(user)


def must_have(user: User) -> bool:
    """Whether the installation wants a second factor of this person."""
    return settings.STAFF_TOTP == REQUIRED and user.is_staff


def begin(*, user: User) -> Enrolment:
    """The secret of an app that isn't confirmed yet; the same one until it is, so that a page can be loaded again."""
    fresh = seal(base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode())
    row, _made = SecondFactor.objects.get_or_create(user=user, defaults={"sealed": fresh})
    if row.confirmed_at is not None:
        raise AlreadySetUp
    try:
        secret = unseal(row.sealed)
    except UnreadableSecret:  # nobody has used it yet, so it can be another
        row.delete()
        return begin(user=user)
    return Enrolment(secret, _totp(secret).get_provisioning_uri(user.get_username(), ISSUER))


class AlreadySetUp(Exception):
    """The person has a confirmed app: its secret is never shown again."""


@transaction.atomic
def confirm(*, user: User, code: str) -> list[str] | None:
    """Take the app into use when this is its code: the recovery codes, shown once, or None. Other sessions end."""
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    step = _step_of(row, code) if row else None
    if row is None or step is None:
        return None
    SecondFactor.objects.filter(pk=row.pk).update(confirmed_at=clock.now(), last_step=step)
    end_sessions(user=user)
    return new_codes(user=user)


@transaction.atomic
def new_codes(*, user: User) -> list[str]:
    """Fresh recovery codes; the old ones are void."""
    user.recovery_codes.all().delete()
    codes = [_written(secrets.token_bytes(15)) for _place in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return codes


@transaction.atomic
def take_away(*, user: User) -> bool:
    """Forget the person's app and recovery codes, and end all sessions; False when there was nothing."""
    gone, _by_model = SecondFactor.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()
    if gone:
        end_sessions(user=user)
    return bool(gone)


@transaction.atomic
def reseal() -> int:
    """Seal the apps' secrets with the newest of the keys; returns how many there are.

    Raises UnreadableSecret when one that is in use can be read with none of them.
    """
    rows = list(SecondFactor.objects.select_for_update().order_by("pk"))
    for row in rows:
        try:
            sealed = resealed(row.sealed)
        except UnreadableSecret:
            if row.confirmed_at is not None:
                raise
            row.delete()  # as in `begin`: nobody has used it yet
        else:
            SecondFactor.objects.filter(pk=row.pk).update(sealed=sealed)
    return len(rows)


def codes_left(user: User) -> int:
    """How many recovery codes the person still has."""
    return user.recovery_codes.filter(used_at=None).count()


def passes(*, user: User, code: str) -> bool:
    """Whether this code, or recovery code, lets the person in; then it's used up. Raises TooManyTries."""
    limit = counted(user)
    if _use_totp(user, code) or _use_recovery(user, code):
        forget(limit)
        log.info("code", user=user.pk)
        return True
    log.warning("code_failed", user=user.pk)
    return False


def counted(user: User) -> Limit:
    """Count one try of this person, or raise TooManyTries: the try is counted before anything is looked at."""
    limit = Limit("code", str(user.pk), TRIES, WINDOW)
    (verdict,) = take(limit)
    if not verdict.allowed:
        log.warning("code_throttled", user=user.pk)
        raise TooManyTries(verdict.reset)
    return limit


def _use_totp(user: User, code: str) -> bool:
    row = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    step = _step_of(row, code) if row else None
    if row is None or step is None:
        return False
    # Compare-and-set: of two that come with the same code one gets in.
    return bool(SecondFactor.objects.filter(pk=row.pk, last_step__lt=step).update(last_step=step))


def _use_recovery(user: User, code: str) -> bool:
    mine = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at=None)
    return bool(mine.update(used_at=clock.now()))


def _step_of(row: SecondFactor, code: str) -> int | None:
    """The step whose code this is, within the slack; whether it was used already, the update says."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == DIGITS):
        return None
    try:
        totp = _totp(unseal(row.sealed))
    except UnreadableSecret:  # of another SECRETS_KEY: a recovery code still lets the person in
        log.error("second_factor_unreadable", user=row.user_id)
        return None
    now = int(clock.now().timestamp()) // STEP_SECONDS
    steps = [now + away for away in SLACK]
    return next((at for at in steps if constant_time_compare(totp.generate(at * STEP_SECONDS), digits)), None)


def _totp(secret: str) -> TOTP:
    # SHA-1, since most apps know no other; in an HMAC it's as strong as ever (RFC 6238, section 1.2).
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  # nosec B303


def _written(random: bytes) -> str:
    letters = base64.b32encode(random).decode().lower()
    return "-".join(letters[at : at + GROUP_LENGTH] for at in range(0, GROUPS * GROUP_LENGTH, GROUP_LENGTH))


def _digest(code: str) -> str:
    letters = "".join(one for one in code.lower() if one.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
