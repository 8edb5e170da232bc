"""Users with their roles, and the keys by which programs act in a user's name."""

from __future__ import annotations

import uuid
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from bookgen_site.accounts import roles, scopes
from bookgen_site.lib.constraints import filled, one_of


class User(AbstractUser):
    """A person of the team, or an author who follows the own book."""

    class Meta(AbstractUser.Meta):
        db_table = "users"

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the groups this user is in; a superuser is an Administrator."""
        held = set(self.groups.values_list("name", flat=True))
        return frozenset(held | {roles.ADMINISTRATOR} if self.is_superuser else held)

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
