"""The four roles. Each is a group made by a migration; a person may hold several."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop as _  # the names in the database are the English ones

EDITOR: Final = _("Editor")  # own and shared jobs: review, edit, regenerate
CHIEF_EDITOR: Final = _("Chief editor")  # all jobs; approves, exports, sets budgets
AUTHOR: Final = _("Author")  # reads and comments on the own book; sees nothing else
ADMINISTRATOR: Final = _("Administrator")  # everything, and the settings

ALL: Final = (EDITOR, CHIEF_EDITOR, AUTHOR, ADMINISTRATOR)
SEE_ALL: Final = frozenset({CHIEF_EDITOR, ADMINISTRATOR})
MAKE_BOOKS: Final = frozenset({EDITOR, CHIEF_EDITOR, ADMINISTRATOR})
APPROVE: Final = frozenset({CHIEF_EDITOR, ADMINISTRATOR})
