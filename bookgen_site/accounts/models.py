"""Users with their roles, and the keys by which programs act in a user's name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from bookgen_site.accounts import roles, scopes
from bookgen_site.lib.constraints import at_least, filled, one_of


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of ApiClient, whose base has no types
    """A person of the team, or an author who follows the own book."""

    # Part of what sessions and tokens are tied to: another stamp ends them all.
    sessions_stamp = models.CharField(max_length=32, default="", db_default="", blank=True, editable=False)

    class Meta(AbstractUser.Meta):
        db_table = "users"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What sessions and tokens must agree with: the password, as in Django, and the stamp.

        Where the staff needs a second factor that is part of it too: sessions begun without one end.
        """
        by_password = str(super()._get_session_auth_hash(secret))  # type: ignore[misc]  # Django's, without a stub
        needed = "second factor" if self.is_staff and settings.STAFF_TOTP == "required" else ""
        if not self.sessions_stamp and not needed:
            return by_password
        tied = f"{by_password}\0{self.sessions_stamp}\0{needed}"
        return salted_hmac("accounts.User.sessions", tied, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the groups this user is in; a superuser is an Administrator."""
        return self._with_own(self.groups.values_list("name", flat=True))

    def know_roles(self, names: Iterable[str]) -> None:
        """Take the names of the groups from whoever has read them already, instead of asking again."""
        self.__dict__["role_names"] = self._with_own(name for name in names if name)

    def _with_own(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(names) | ({roles.ADMINISTRATOR} if self.is_superuser else set())

    @property
    def sees_all_jobs(self) -> bool:
        """Chief editors and administrators see every job."""
        return bool(self.role_names & roles.SEE_ALL)

    @property
    def makes_books(self) -> bool:
        """May create jobs, and work on those that they can see."""
        return bool(self.role_names & roles.MAKE_BOOKS)

    @property
    def approves(self) -> bool:
        """May approve chapters and export books."""
        return bool(self.role_names & roles.APPROVE)


class ApiKey(models.Model):
    """A key for programs. Only a prefix and a hash are stored; the key itself is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(_("may be used to"), max_length=100, default=scopes.EVERYTHING)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        db_table = "api_keys"
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [filled("scopes", "key_has_scopes")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class TokenFamily(models.Model):
    """The tokens that follow from one login: only the newest refresh token, `current`, may be used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="token_families")
    current = models.CharField(max_length=32)
    scopes = models.CharField(max_length=100)
    auth_hash = models.CharField(max_length=64)  # changes with the password, as sessions have it
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "token_families"
        constraints = [filled("scopes", "family_has_scopes"), filled("current", "family_has_token")]

    def __str__(self) -> str:
        return f"tokens of {self.user_id}"


class SecondFactor(models.Model):
    """What a person's authenticator app shares with the site. It counts once a first code has confirmed it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.TextField()  # the secret, by lib/crypto.py
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # of the newest code that was used: none is good twice

    class Meta:
        db_table = "second_factors"
        constraints = [
            filled("sealed", "factor_has_secret"),
            at_least("last_step", 0, "factor_step_counts_up"),
        ]

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """A code for the day on which the authenticator app is gone. Only its hash is kept; it's good once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery_codes"
        constraints = [filled("digest", "recovery_code_has_digest")]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class ApiClient(AbstractApplication):  # type: ignore[misc]  # the toolkit ships no types
    """A program that gets tokens by OAuth 2.0 client credentials and acts in the name of `user`."""

    user = models.ForeignKey(
        User, verbose_name=_("acts in the name of"), on_delete=models.CASCADE, related_name="api_clients"
    )
    scopes = models.CharField(_("may be used to"), max_length=100, default=scopes.EVERYTHING)

    class Meta(AbstractApplication.Meta):  # type: ignore[misc]
        swappable = "OAUTH2_PROVIDER_APPLICATION_MODEL"
        db_table = "api_clients"
        verbose_name = _("OAuth client")
        verbose_name_plural = _("OAuth clients")
        constraints = [
            filled("scopes", "client_has_scopes"),
            one_of("authorization_grant_type", ["client-credentials"], "client_gets_in_by_credentials"),
        ]
