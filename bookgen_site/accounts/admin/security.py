"""What follows from a change of a person: sessions end with a lost right, and everything is written down."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth.models import Group

from bookgen_site.accounts import roles, second_factor
from bookgen_site.accounts.actions import end_sessions
from bookgen_site.accounts.kept_keys import rights_changed
from bookgen_site.accounts.models import User
from notifications.publish import audit


class Standing(NamedTuple):
    """What a person may do."""

    held: frozenset[str] = frozenset()
    is_active: bool = False
    is_staff: bool = False
    is_superuser: bool = False

    def lost(self, later: Standing) -> bool:
        """Whether anything of this is gone later."""
        flags = any(was and not now for was, now in zip(self[1:], later[1:], strict=True))
        return flags or bool(self.held - later.held)

    def told(self) -> dict[str, Any]:
        """For the audit."""
        return {**self._asdict(), "held": sorted(self.held)}


class Wish(NamedTuple):
    """What was ticked on the page."""

    drop_factor: bool = False
    end_sessions: bool = False


def standing_of(pk: Any) -> Standing:
    """What this person may do by the database; nothing for somebody who is only being made."""
    row = User.objects.filter(pk=pk).values_list("is_active", "is_staff", "is_superuser").first()
    if row is None:
        return Standing()
    return Standing(frozenset(Group.objects.filter(user=pk).values_list("name", flat=True)), *row)


def look_after(*, user: User, before: Standing, wish: Wish, by: User) -> None:
    """Called in the transaction that changed the person, afterwards.

    1. Whoever was an Administrator by role and isn't any longer is no superuser either.
    2. A second factor is taken away when it was wished. 3. Sessions end, when that was wished or a right is lost.
    4. Whatever processes remember of people's keys is read anew.
    """
    rights_changed()
    if user.is_superuser and roles.ADMINISTRATOR in before.held - standing_of(user.pk).held:
        user.is_superuser = False
        user.save(update_fields=["is_superuser"])
    after = standing_of(user.pk)
    if after != before:
        audit(by=by, action="change_rights", target=str(user), before=before.told(), after=after.told())
    if wish.drop_factor and second_factor.take_away(user=user):
        audit(by=by, action="reset_second_factor", target=str(user))
    if wish.end_sessions or before.lost(after):
        end_sessions(user=user)
        audit(by=by, action="end_sessions", target=str(user))
