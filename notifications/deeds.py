"""What people and the engine did, in words: each action of the audit as the desk tells it."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "create_job": _("made the biography"),
    "delete_job": _("deleted the biography"),
    "change_details": _("changed the details"),
    "share": _("changed with whom it is shared"),
    "add_source": _("added a source"),
    "add_found": _("found sources"),
    "decide_found": _("decided on found sources"),
    "leave_undecided": _("went on without the sources that were left undecided"),
    "reject_source": _("rejected a source"),
    "accept_source": _("accepted a source"),
    "recheck_source": _("asked to check a source again"),
    "replace_source": _("replaced a source"),
    "prune": _("pruned the store of files"),
    "start": _("started the work"),
    "pause": _("paused the work"),
    "resume": _("resumed the work"),
    "go_on": _("went on with the work"),
    "retry": _("tried again what was parked"),
    "cancel": _("cancelled the work"),
    "add_revision": _("wrote a text"),
    "regenerate": _("asked for another text"),
    "request_changes": _("asked for changes"),
    "edit": _("edited a text"),
    "restore": _("restored a text"),
    "comment": _("commented"),
    "resolve_comment": _("resolved a comment"),
    "close_finding": _("closed a finding"),
    "approve": _("approved"),
    "export": _("exported the book"),
    "make_link": _("made a link for the author"),
    "revoke_link": _("revoked a link of the author"),
    "ask_author": _("asked the author"),
    "answer_editor": _("wrote to the editors"),
    "send_again": _("had a message sent again"),
    "lift_suppression": _("allowed mail to an address again"),
    "draft": _("printed a draft"),
    "approve_outline": _("approved the outline"),
    "change_chapter": _("changed the outline of a chapter"),
    "reorder_chapter": _("moved a chapter"),
    "merge_chapters": _("merged two chapters"),
    "split_chapter": _("split a chapter"),
    "move_fact": _("moved a fact"),
    "leave_out_fact": _("left out a fact"),
    "change_budget": _("changed the budget"),
    "save_style_guide": _("kept a style guide"),
    "change_team_settings": _("changed the settings"),
    "retry_unit": _("tried a unit again"),
    "delete_style_guide": _("deleted a style guide"),
    "put_outline": _("changed the outline"),
    "change_source": _("changed what is said of a source"),
    "remove_source": _("removed a source"),
    "make_file_link": _("made a link to a file"),
    "close_links": _("closed all links to files"),
    "make_collection": _("made a collection"),
    "change_collection": _("changed a collection"),
    "delete_collection": _("deleted a collection"),
    "add_people": _("added people to a collection"),
    "change_person": _("changed a person of a collection"),
    "remove_person": _("removed a person from a collection"),
    "take_next": _("made the next biography of a collection"),
    "make_webhook": _("made a webhook"),
    "change_webhook": _("changed a webhook"),
    "delete_webhook": _("deleted a webhook"),
    "switch_webhook_on": _("switched a webhook on"),
    "switch_webhook_off": _("switched a webhook off"),
    "reveal_webhook_secret": _("looked at the secret of a webhook"),
    "rotate_webhook_secret": _("changed the secret of a webhook"),
    "replay_webhook": _("sent messages of a webhook again"),
}


def in_words(action: str) -> str:
    """The action in the reader's language; one that has no words yet is shown by its name."""
    return str(DEEDS.get(action, action))
