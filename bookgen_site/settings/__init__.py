"""All settings, by section. What an operator may change is read in `env.py`."""

from __future__ import annotations

from bookgen_site.settings.api import *
from bookgen_site.settings.book import *
from bookgen_site.settings.data import *
from bookgen_site.settings.desk import *
from bookgen_site.settings.engine import *
from bookgen_site.settings.evidence import *
from bookgen_site.settings.logs import *
from bookgen_site.settings.messages import *
from bookgen_site.settings.people import *
from bookgen_site.settings.queue import *
from bookgen_site.settings.retention import *
from bookgen_site.settings.security import *
from bookgen_site.settings.site import *
