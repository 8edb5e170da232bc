"""Forms of chapter titles, for the catalogues: a language without a translation does without them."""

from __future__ import annotations

from engine.authors.extract.leadins import gettext_noop

FLIGHT = gettext_noop("The Flight to %(place)s")
VOYAGE = gettext_noop("The Voyage to %(place)s")
RETURN = gettext_noop("The Return to %(place)s")
ARRIVAL = gettext_noop("The Road to %(place)s")
CHILDHOOD = gettext_noop("Childhood in %(place)s")
STUDENT = gettext_noop("Student Days in %(place)s")
AND = gettext_noop("%(one)s and %(other)s")
MARRIAGE = gettext_noop("Marriage to %(person)s")
MEETING = gettext_noop("The Meeting with %(person)s")
LAST = gettext_noop("The Last Years in %(place)s")
LAST_ALONE = gettext_noop("The Last Years")
CHILDHOOD_ALONE = gettext_noop("The Years of Childhood")
MATTERS = {
    "education": gettext_noop("Years of Learning"),
    "family": gettext_noop("Home and Family"),
    "occupation": gettext_noop("Days of Work"),
    "publication": gettext_noop("Books and Papers"),
    "travel": gettext_noop("On the Way"),
    "award": gettext_noop("Honors and Prizes"),
}
WAR = gettext_noop("The Years of War")
