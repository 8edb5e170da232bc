"""Users with their roles, and the keys by which programs act in a user's name."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookgen_site.accounts import roles


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
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        db_table = "api_keys"
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
