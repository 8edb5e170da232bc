"""The editor of a text: keeping, previewing, citing, and two people at one text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from biographies.actions import Seen, record_findings
from biographies.models import Chapter, ChapterRevision, Comment, Finding
from biographies.vocabulary import Severity
from bookgen_site.accounts.models import User
from sources.models import Citation, Passage, Source
from tests.biographies.admin.makers import SENTENCES, TEXT, cite, finding, revision, source, written_book
from tests.biographies.admin.test_chapters import hostile

pytestmark = pytest.mark.once

Login = Callable[[User], Client]


@pytest.fixture
def one(editor: User) -> Chapter:
    return Chapter.objects.get(job=written_book(editor, chapters=1))


def url(of: Chapter, name: str = "edit", *more: int) -> str:
    return reverse(f"desk:{name}", args=[of.job_id, of.pk, *more])


def current(of: Chapter) -> ChapterRevision:
    found = Chapter.objects.get(pk=of.pk).current_revision
    assert found
    return found


def sent(of: Chapter, text: str, **more: Any) -> dict[str, Any]:
    return {"sha256": current(of).sha256, "text": text, **more}


def test_an_edited_text_is_kept_with_its_note(one: Chapter, editor: User, as_user: Login) -> None:
    client = as_user(editor)
    page = client.get(url(one))
    assert SENTENCES[0] in page.content.decode()
    assert page.context["highest"] == 3
    text = current(one).text.replace("kept bees", "kept *bees*").replace(". ", ".\r\n")
    answer = client.post(url(one), sent(one, text, note="Emphasis."))
    assert answer["Location"] == f"{url(one, 'chapter')}?kept=1"
    made = current(one)
    assert (made.number, made.origin, made.instruction, made.created_by) == (2, "edited", "Emphasis.", editor)
    assert "\r" not in made.text


def test_what_is_refused_is_said_and_the_words_come_back(one: Chapter, editor: User, as_user: Login) -> None:
    client = as_user(editor)
    page = client.post(url(one), sent(one, "Some words.[^7]", cite=["7:1:0:99999"], note="Mine."))
    assert page.status_code == 400
    body = page.content.decode()
    assert "isn&#x27;t in a source of this book" in body
    assert "Some words.[^7]" in body
    assert 'value="7:1:0:99999"' in body
    assert 'value="Mine."' in body
    assert current(one).number == 1
    assert client.post(url(one), {"sha256": "x" * 64, "text": "A."}).status_code == 404


def test_the_preview_shows_the_verdicts_and_stores_nothing(
    one: Chapter, editor: User, as_user: Login
) -> None:
    start = TEXT.index("Her father")
    text = "She was born by the sea.[^1] Her father kept 70 bees.[^9] <script>alert(1)</script>"
    asked = sent(one, text, cite=[f"9:1:{start}:{start + 21}", "rubbish", "1:2:3"])
    page = as_user(editor).post(url(one, "preview"), asked).content.decode()
    assert re.search(r'class="cited" id="s1"[^>]*data-verdict="verbatim"', page)
    second = re.search(r'class="cited" id="s2"[^>]*data-verdict="([a-z_]+)"', page)
    assert second
    assert second[1] not in ("verbatim", "supported")
    assert "<script>alert" not in page
    assert (ChapterRevision.objects.count(), Citation.objects.count()) == (1, 3)
    wrong = as_user(editor).post(url(one, "preview"), sent(one, "A.[^9]", cite=["9:5:0:4"]))
    assert "isn&#x27;t in a source" in wrong.content.decode()


def test_what_may_be_cited_is_found(one: Chapter, editor: User, as_user: Login) -> None:
    found = as_user(editor).get(url(one, "citable"), {"q": "father"}).json()["found"]
    assert [(row["source"], row["text"]) for row in found] == [(1, SENTENCES[1])]


def test_the_second_of_two_people_sees_both_texts_and_loses_nothing(
    one: Chapter, editor: User, chief: User, as_user: Login
) -> None:
    begun = sent(one, current(one).text.replace("studied", "rested"), note="Rest.")
    as_user(chief).post(url(one), sent(one, current(one).text.replace("by the sea", "by the *sea*")))
    page = as_user(editor).post(url(one), begun)
    assert page.status_code == 409
    body = page.content.decode()
    assert "clara has stored revision 2" in body
    assert "<ins>rested</ins>" in body
    assert "<del>studied</del>" in body
    assert 'value="Rest."' in body
    both = page.context["conflict"].both
    assert "*sea*" in both
    assert "rested" in both
    assert (
        page.context["draft"].base.number,
        "rested" in page.context["draft"].text,
    ) == (2, True)
    kept = as_user(editor).post(url(one), {**begun, "sha256": current(one).sha256, "text": both})
    assert kept.status_code == 302
    assert current(one).text == both
    assert next(row.sentence for row in current(one).citations.order_by("number")) == SENTENCES[0]


def test_marks_of_mine_name_in_a_new_text_what_they_named(one: Chapter, editor: User, as_user: Login) -> None:
    begun = sent(one, "Her father kept bees.[^2] She was born by the sea.[^1]")
    source(one.job, 2)
    made = revision(one, "Her father kept bees.[^1]")
    start = TEXT.index("Her father")
    passage = Passage.objects.get(source__job=one.job, source__number=1)
    Citation.objects.create(
        revision=made, number=1, passage=passage, start=start, end=start + len(SENTENCES[1]),
        quote=SENTENCES[1], sentence=SENTENCES[1], verdict="verbatim",
    )  # fmt: skip
    page = as_user(editor).post(url(one), begun)
    draft = page.context["draft"]
    assert draft.text == "Her father kept bees.[^1] She was born by the sea.[^4]"
    assert draft.cites_sent == [f"4:1:0:{len(SENTENCES[0])}"]
    assert page.context["conflict"].both is None or "[^4]" in page.context["conflict"].both


def test_comparing_and_going_back(one: Chapter, editor: User, as_user: Login) -> None:
    first = current(one)
    cite(revision(one, first.text.replace("bees", "goats")))
    client = as_user(editor)
    for view in ("inline", "side"):
        page = client.get(url(one, "compare"), {"view": view})
        body = page.content.decode()
        assert "<del>bees</del>" in body
        assert "<ins>goats</ins>" in body
        assert (page.context["old"].number, page.context["new"].number) == (1, 2)
        assert "1 word gone" in body
    answer = client.post(url(one, "restore"), {"number": "1", "sha256": current(one).sha256}, follow=True)
    assert "Revision 1 is the text again, as revision 3." in answer.content.decode()
    assert (current(one).text, current(one).origin) == (first.text, "restored")
    assert current(one).citations.count() == 3
    again = client.post(url(one, "restore"), {"number": "1", "sha256": current(one).sha256}, follow=True)
    assert "the text that the chapter has" in again.content.decode()
    for wanted in ("x", "99", "²"):
        assert client.get(url(one, "compare"), {"from": wanted}).status_code == 404
        assert client.post(url(one, "restore"), {"number": wanted}).status_code == 302
    assert current(one).number == 3


def test_a_stale_approval_leads_to_what_changed(one: Chapter, chief: User, as_user: Login) -> None:
    read = current(one)
    revision(one, "Quite another text.")
    client = as_user(chief)
    answer = client.post(url(one, "approve"), {"sha256": read.sha256})
    assert answer["Location"] == f"{url(one, 'compare')}?from=1"
    page = client.get(answer["Location"]).content.decode()
    assert "has changed since you read it" in page
    assert "<ins>" in page
    elsewhere = client.post(url(one, "approve"), {"sha256": "0" * 64})
    assert elsewhere["Location"] == url(one, "chapter")


def test_comments_stand_at_their_sentence_and_follow_it(one: Chapter, editor: User, as_user: Login) -> None:
    client = as_user(editor)
    said = {"revision": "1", "sentence": "2", "text": "How <b>many</b>?"}
    assert client.post(url(one, "comment"), said)["Location"].endswith("?revision=1#s2")
    comment = Comment.objects.get()
    assert (comment.quote, comment.offset) == (SENTENCES[1], len(SENTENCES[0]) + 1)
    page = client.get(url(one, "chapter")).content.decode()
    assert re.search(r'id="s2"[^>]* data-comments="1"', page)
    assert "How &lt;b&gt;many&lt;/b&gt;?" in page
    cite(revision(one, f"{SENTENCES[2]}[^3] {SENTENCES[1]}[^2] {SENTENCES[0]}[^1] {SENTENCES[1]}[^4]"))
    page = client.get(url(one, "chapter")).content.decode()
    assert re.search(r'id="s2"[^>]* data-comments="1"', page)
    revision(one, "Quite another text.")
    assert (
        "said of revision 1; these words aren’t in this text"
        in client.get(url(one, "chapter")).content.decode()
    )
    client.post(url(one, "resolve-comment", comment.pk))
    assert "data-comments" not in client.get(url(one, "chapter"), {"revision": "1"}).content.decode()
    client.post(url(one, "comment"), {"revision": "1", "sentence": "99", "text": "Of it all."})
    assert Comment.objects.latest("pk").quote == ""


def test_an_author_reads_and_comments_and_changes_nothing(
    one: Chapter, author: User, other_editor: User, as_user: Login
) -> None:
    type(one.job).objects.update(author_email=author.email)
    client = as_user(author)
    page = client.get(url(one, "chapter"))
    assert page.status_code == 200
    assert not any(page.context[name] for name in ("may_work", "may_edit", "may_approve", "may_regenerate"))
    client.post(url(one, "comment"), {"revision": "1", "sentence": "1", "text": "I was five."})
    assert Comment.objects.get().author == author
    assert client.get(url(one, "compare")).status_code == 200
    for name in ("edit", "preview", "restore"):
        assert client.post(url(one, name)).status_code == 404
        assert as_user(other_editor).post(url(one, name)).status_code == 404
    assert client.get(url(one, "citable")).status_code == 404
    for name in ("compare", "chapter"):
        assert as_user(other_editor).get(url(one, name)).status_code == 404
    stranger = as_user(other_editor)
    assert stranger.post(url(one, "comment"), {"text": "x"}).status_code == 404
    assert stranger.post(url(one, "resolve-comment", Comment.objects.get().pk)).status_code == 404


def test_a_finding_marks_its_sentence_and_closing_it_leads_back_there(
    one: Chapter, editor: User, as_user: Login
) -> None:
    seen = Seen("test", Severity.WARNING, "Which father?", SENTENCES[1])
    record_findings(job=one.job, revision=current(one), checks=["test"], seen=[seen])
    client = as_user(editor)
    page = client.get(url(one, "chapter")).content.decode()
    assert re.search(r'id="s2"[^>]* data-severity="warning"', page)
    assert "(1 open finding, warning)" in page
    closing = reverse("desk:finding", args=[one.job_id, Finding.objects.get().pk])
    answer = client.post(closing, {"how": "resolve", "sentence": "2"})
    assert answer["Location"] == f"{url(one, 'chapter')}?revision=1#s2"
    assert 'data-severity="warning"' not in re.sub(
        r"<li.*?</li>", "", client.get(url(one, "chapter")).content.decode(), flags=re.S
    )


def test_a_long_chapter_needs_no_more_queries(
    one: Chapter, editor: User, as_user: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_user(editor)
    pages = [url(one, "chapter"), url(one), url(one, "compare")]
    client.get(pages[0])
    counts = []
    for _round in range(2):
        for page in pages:
            with django_assert_max_num_queries(24) as counted:
                client.get(page)
            counts.append(len(counted))
        for number in range(5):
            made = revision(one, f"Text {number}. " + current(one).text)
            cite(made)
            finding(made, message=f"Odd {number}.")
            Comment.objects.create(chapter=one, revision=made, text="So.", author_name="x", author=editor)
    assert counts[:3] == counts[3:]


def test_hostile_texts_in_every_field_are_words(one: Chapter, editor: User, as_user: Login) -> None:
    evil = hostile(300)
    Source.objects.filter(job=one.job).update(title=evil[:500], text=evil, author=evil[:500])
    type(one).objects.update(title=evil[-255:])
    client = as_user(editor)
    pages = [client.post(url(one), sent(one, evil, note=evil[:500]), follow=True)]
    assert current(one).number == 2
    client.post(url(one, "comment"), {"revision": "2", "sentence": "1", "text": evil})
    pages += [client.get(url(one, name)) for name in ("chapter", "edit")]
    pages += [client.get(url(one, "compare"), {"view": view}) for view in ("side", "inline")]
    pages += [client.post(url(one, "preview"), sent(one, evil, cite=[evil[:50]]))]
    pages += [
        client.post(url(one), {"sha256": ChapterRevision.objects.get(number=1).sha256, "text": evil + "x"})
    ]
    assert Comment.objects.exists()
    for page in pages:
        body = page.content.decode()
        assert page.status_code in (200, 409)
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert 'href="javascript:' not in body
    assert client.get(url(one, "citable"), {"q": evil[:400]}).status_code == 200
