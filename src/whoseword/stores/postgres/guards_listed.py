"""The guards of the rows that one statement lists, in the words of SQLite's."""

from whoseword.stores.postgres.guards import Guard, exists, never

_AT_ITS_PLACE = "book = NEW.book AND batch = NEW.batch AND place = NEW.place"
_SEALED = "book = {0}.book AND batch = {0}.batch AND place = {0}.place AND what = 'sealed'"
_STANDS = "book = {0}.book AND id = {0}.batch"

OF_LISTED = (
    *never("listed", "a listed row is never changed"),
    Guard(
        "listed",
        "listed_go_before_their_statement_alone",
        "DELETE",
        "a listed row is never removed",
        exists("entries", _STANDS.format("OLD")),
    ),
    Guard(
        "listed",
        "listed_come_before_their_statement",
        "INSERT",
        "nothing is added to rows that a statement lists",
        exists("entries", _STANDS.format("NEW")),
    ),
    Guard(
        "listed",
        "listed_never_replaced",
        "INSERT",
        "a listed row stands there already",
        exists("listed", "number = NEW.number", _AT_ITS_PLACE),
    ),
    *never("listed_bodies", "the words of a listed row are never changed"),
    Guard(
        "listed_bodies",
        "listed_bodies_go_under_a_seal_alone",
        "DELETE",
        "the words of a listed row are never removed but under a seal",
        f"{exists('entries', _STANDS.format('OLD'))}\n"
        f"        AND NOT {exists('listed_removals', _SEALED.format('OLD'))}",
    ),
    Guard(
        "listed_bodies",
        "listed_bodies_never_come_back",
        "INSERT",
        "no words are added to rows that a statement lists",
        f"{exists('entries', _STANDS.format('NEW'))}\n"
        f"        OR {exists('listed_removals', _SEALED.format('NEW'))}",
    ),
    Guard(
        "listed_bodies",
        "listed_bodies_never_replaced",
        "INSERT",
        "the words of a listed row stand there already",
        exists("listed_bodies", "number = NEW.number", _AT_ITS_PLACE),
    ),
    Guard(
        "listed_bodies",
        "listed_bodies_belong_to_listed",
        "INSERT",
        "no row is listed there",
        f"NOT {exists('listed', _AT_ITS_PLACE)}",
    ),
    *never(
        "listed_removals",
        "the removal of a listed row is never changed",
        "the removal of a listed row is never taken back",
    ),
    Guard(
        "listed_removals",
        "listed_removals_never_replaced",
        "INSERT",
        "the removal of a listed row stands there already",
        exists(
            "listed_removals",
            "number = NEW.number",
            "book = NEW.book AND act_seq = NEW.act_seq",
            _SEALED.format("NEW"),
        ),
    ),
    Guard(
        "listed_removals",
        "listed_removals_belong_to_listed",
        "INSERT",
        "no row is listed there",
        f"NOT {exists('listed', _AT_ITS_PLACE)}\n"
        f"        OR NOT {exists('entries', 'book = NEW.book AND seq = NEW.act_seq')}",
    ),
)
"""What the step 0005-listed raises."""
