"""Making the accounts that an installation starts with, and ending what was begun in a person's name."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.crypto import get_random_string

from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User

OPERATOR = "operator"


@transaction.atomic
def ensure_operator() -> User:
    """The account in whose name the command line acts; it has no password until it logs in somewhere."""
    user, made = User.objects.get_or_create(
        username=OPERATOR, defaults={"is_staff": True, "is_superuser": True}
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
    return user


@transaction.atomic
def ensure_first_login(username: str = "editor") -> tuple[User, str]:
    """A first person who can log in: the user and the password, which is "" when there was one already."""
    present = User.objects.filter(is_staff=True, is_active=True).exclude(username=OPERATOR).first()
    if present is not None:
        return present, ""
    password = get_random_string(16)
    user = User.objects.create_superuser(username=username, password=password)
    user.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
    return user, password


def end_sessions(*, user: User) -> None:
    """End every session and JSON Web Token of this person, at once and everywhere. API keys go on."""
    user.sessions_stamp = secrets.token_hex(16)
    user.save(update_fields=["sessions_stamp"])
