"""Lists of people to write about: whose book comes next is taken from the top."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models.job import BiographyJob
from bookgen_site.lib.constraints import at_least, filled


class Collection(models.Model):
    """A list of people. `wishes` are the settings of the jobs made from it, as `biographies.wishes` has them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="collections")
    name = models.CharField(_("name"), max_length=200)
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    wishes = models.JSONField(_("settings of the books"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        db_table = "collections"
        ordering = ["-created_at"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints = [filled("name", "collection_has_name")]

    def __str__(self) -> str:
        return self.name


class CollectedPerson(models.Model):
    """One person of a list; waits until `taken_at`, when a job was made (`job`, as long as that is there)."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="people")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=255)
    dates = models.CharField(_("dates"), max_length=60, blank=True, default="")
    notes = models.CharField(_("notes"), max_length=400, blank=True, default="")
    key = models.CharField(max_length=400)  # by which the same person is known again (biographies.collecting)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    job = models.OneToOneField(
        BiographyJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="collected"
    )

    class Meta:
        db_table = "collected_people"
        ordering = ["collection", "number"]
        verbose_name = _("person of a collection")
        verbose_name_plural = _("people of collections")
        constraints = [
            filled("name", "collected_person_has_name"),
            at_least("number", 1, "collected_number_from_one"),
            models.UniqueConstraint(fields=["collection", "number"], name="collected_number_once"),
            models.UniqueConstraint(fields=["collection", "key"], name="collected_person_once"),
            models.CheckConstraint(
                condition=Q(job__isnull=True) | Q(taken_at__isnull=False), name="collected_job_was_taken"
            ),
        ]

    def __str__(self) -> str:
        return self.name
