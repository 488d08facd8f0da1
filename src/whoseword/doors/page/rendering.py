"""One self-contained HTML file: nothing is fetched, no script runs, the same account is the same bytes.

HTML Living Standard; WCAG 2.2 level AA. A content security policy in the file itself forbids
every request and every script, so a name that holds HTML could do nothing even if it were not
escaped, which it is.
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from whoseword.account import Account
from whoseword.doors.faces import consequence, is_non_answer
from whoseword.doors.page.sheet import DocumentText, matter_address, sheet_of
from whoseword.doors.plain_words import (
    NOT_REVIEWED,
    answer_title,
    counted,
    days_line,
    moment_line,
    removed_line,
    sentence,
    title_of,
    value_line,
)
from whoseword.words import Basis, Hedge, Stance, Standing


def account_page(
    view: Account, documents: Mapping[str, DocumentText], *, on_paper: bool = False
) -> str:
    """The account as one HTML file.

    ``documents`` are those whose words the account's statements quote, by digest; a quote of a
    document that is not among them is shown, and said not to be checked. ``on_paper`` gives the
    same page laid out for printing, with nothing folded away.
    """
    sheet = sheet_of(view, documents)
    questions = sorted(view.questions, key=lambda one: consequence(one.matter))
    rules = "\n".join(
        (
            style("paper.css" if on_paper else "account.css"),
            *(rule for paper in sheet.papers for rule in paper.text.rules),
        )
    )
    return (
        environment()
        .get_template("account.html.j2")
        .render(
            sheet=sheet,
            view=view,
            on_paper=on_paper,
            open_questions=[one for one in questions if one.status == "open"],
            answered_questions=[one for one in questions if one.status != "open"],
            as_of=moment_line(datetime.fromisoformat(view.as_of)),
            style=Markup(rules),  # noqa: S704 - the package's own rules, and addresses made here
            style_hash=b64encode(hashlib.sha256(rules.encode()).digest()).decode(),
        )
    )


@cache
def environment() -> Environment:
    """The templates of the package's pages, and the words that they use."""
    made = Environment(
        loader=PackageLoader("whoseword.doors.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(
        NOT_REVIEWED=NOT_REVIEWED,
        answer_title=answer_title,
        counted=counted,
        days_line=days_line,
        is_non_answer=is_non_answer,
        plain=value_line,
        matter_address=matter_address,
        moment=lambda text: moment_line(datetime.fromisoformat(text)),
        removed_line=removed_line,
        sentence=sentence,
        title_of=title_of,
        title_of_value=lambda value: title_of(Standing(value)),
        vocabularies=(
            ("Stance: where a speaker stands", tuple(Stance)),
            ("Hedge: how sure the words are", tuple(Hedge)),
            ("Basis: how a speaker knows", tuple(Basis)),
            ("Standing: what it adds up to", tuple(Standing)),
        ),
    )
    return made


@cache
def style(name: str = "account.css") -> str:
    """The rules of style that all pages share, for the screen or for paper."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), name)[0].strip()
