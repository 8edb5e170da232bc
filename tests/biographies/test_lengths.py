"""The length of a book for which nobody says."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from biographies.actions import create_job
from biographies.admin.new_book_form import NewBookForm
from biographies.lengths import disagree, house_length, with_house_length
from bookgen_site.accounts.models import User


def settle(settings: Settings, chapters: int | None, words: int | None, each: int | None) -> None:
    settings.CHAPTERS_NUMBER, settings.TOTAL_WORDS, settings.WORDS_PER_CHAPTER = chapters, words, each


@pytest.mark.parametrize(
    ("told", "length"),
    [
        ((None, None, None), (None, None)),
        ((20, None, None), (20, None)),
        ((20, None, 2500), (20, 50_000)),
        ((None, 51_000, 2550), (20, 51_000)),
        ((None, 1000, 2550), (1, 1000)),
        ((20, 51_000, 2550), (20, 51_000)),
        ((None, None, 2500), (None, None)),
    ],
)
def test_one_follows_from_the_others(settings: Settings, told: Any, length: Any) -> None:
    settle(settings, *told)
    assert house_length() == length


@pytest.mark.parametrize(
    ("wishes", "length"),
    [
        ({}, {"wanted_chapters": 20, "wanted_words": 50_000}),
        ({"wanted_chapters": None}, {"wanted_chapters": None}),  # the person leaves it to the sources
        ({"wanted_chapters": 4}, {"wanted_chapters": 4, "wanted_words": 10_000}),
        ({"wanted_words": 30_000}, {"wanted_words": 30_000, "wanted_chapters": 12}),
        ({"wanted_chapters": 4, "wanted_words": 900}, {"wanted_chapters": 4, "wanted_words": 900}),
    ],
)
def test_what_a_person_says_comes_first(settings: Settings, wishes: Any, length: Any) -> None:
    settle(settings, 20, None, 2500)
    assert with_house_length(wishes) == length


def test_three_that_contradict_one_another(settings: Settings) -> None:
    settle(settings, 20, 51_000, 2550)
    assert not disagree()
    settle(settings, 20, 51_000, 5000)
    assert disagree()


@pytest.mark.django_db
def test_a_job_has_the_length_of_the_house(settings: Settings, editor: User) -> None:
    settle(settings, 9, 18_000, None)
    job = create_job(by=editor, character="Ada Quill")
    assert (job.wanted_chapters, job.wanted_words) == (9, 18_000)
    form = NewBookForm()
    assert (form["length"].value(), form["wanted_chapters"].value()) == ("own", 9)
