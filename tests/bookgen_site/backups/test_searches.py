"""A backup goes back also where the extension of search indexes is missing: the indexes are left out."""

from __future__ import annotations

from bookgen_site.backups.postgres import without_searches

end = ""  # the list has a space at the end of such lines, which editors take away
LISTED = f"""\
;
; Archive created
2; 3079 17659 EXTENSION - pg_trgm {end}
251; 1259 17001 TABLE public sources bookgen
3897; 1259 17743 INDEX public audit_search bookgen
3898; 1259 17744 INDEX public audit_at_c13daa48 bookgen
3; 3079 17660 EXTENSION - plpgsql
"""


def test_the_extension_and_its_indexes_are_left_out_and_nothing_else() -> None:
    kept = without_searches(LISTED)
    assert set(LISTED.splitlines()) - set(kept.splitlines()) == {
        "2; 3079 17659 EXTENSION - pg_trgm ",
        "3897; 1259 17743 INDEX public audit_search bookgen",
    }
