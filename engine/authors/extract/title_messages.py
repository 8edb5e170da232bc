"""Forms of chapter titles, for the catalogues: a language without a translation does without them."""

from __future__ import annotations

from engine.authors.extract.leadins import gettext_noop

FLIGHT = gettext_noop("The Flight to %(place)s")
VOYAGE = gettext_noop("The Voyage to %(place)s")
RETURN = gettext_noop("The Return to %(place)s")
ARRIVAL = gettext_noop("The Road to %(place)s")
CHILDHOOD = gettext_noop("Childhood in %(place)s")
STUDENT = gettext_noop("Student Days in %(place)s")
MARRIAGE = gettext_noop("Marriage to %(person)s")
BIRTH = gettext_noop("The Birth of %(person)s")
MEETING = gettext_noop("The Meeting with %(person)s")
LAST = gettext_noop("The Last Years in %(place)s")
LAST_ALONE = gettext_noop("The Last Years")
CHILDHOOD_ALONE = gettext_noop("The Years of Childhood")
SERVICE = gettext_noop("In the Service of %(person)s")
LODGING = gettext_noop("Under the Roof of %(person)s")
LEARNING = gettext_noop("Learning to %(skill)s")
WAR = gettext_noop("The Years of War")
