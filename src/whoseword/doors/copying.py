"""The documents of an incident held against each other, as far as the home's owner may see them.

A document has no class, so only the owner sees it whole; for anybody else there is none, whatever
the home holds (law 3). What was sealed or quarantined is blanked before anything is compared, and
confidential addresses are covered.

What a format tells (who wrote which part of a message, what a page of the web says of itself) is
read anew from the kept original. Not so for a sheet or a scan, which would take minutes, nor where
words are out of sight: there the running heads of pages, and what a message quotes, count as its
own words.
"""

import msgspec

from whoseword.access import Reader
from whoseword.books import Document
from whoseword.contacts import Cover
from whoseword.doors.confidential import cover_of, covered
from whoseword.doors.desk import Desk
from whoseword.doors.in_sight import quarantined_spans, without
from whoseword.intake import KeptDocument, UnreadableDocument, keep_document
from whoseword.intake.copies import Family, families_of, paper_of
from whoseword.intake.form import Form
from whoseword.intake.media_types import IMAGES, PDF

_SHEETS = IMAGES | {PDF}


def copies_of(desk: Desk, incident: str, reader: Reader) -> tuple[Family, ...]:
    """The families of an incident's documents.

    The owner's read is logged as one of the incident's statements, whose words the documents hold.
    Another reader is shown nothing of the home, and nothing is logged as shown.
    """
    if reader.name != desk.owner.name:
        return ()
    desk.read("copies", incident, reader)
    with desk.ledger.store.view() as home:
        hidden, cover = quarantined_spans(home), cover_of(home)
        kept = [home.document(digest) for digest in home.documents(incident)]
        papers = []
        for document in kept:
            if document is None:
                continue
            shown = without(document, hidden)
            form = _form_of(document, cover) if shown is document else Form()
            papers.append(paper_of(_kept(covered(shown, cover) if cover else shown, form)))
    return families_of(papers)


def _kept(document: Document, form: Form) -> KeptDocument:
    return KeptDocument(
        sha256=document.sha256,
        name=document.name,
        media_type=document.media_type,
        bytes=b"",
        text=document.text,
        pages=document.pages,
        form=form,
    )


def _form_of(document: Document, cover: Cover) -> Form:
    """What the original's format tells of the kept text, covered; nothing where it no longer can."""
    if not document.bytes or document.media_type in _SHEETS:
        return Form()
    try:
        again = keep_document(document.bytes, document.name)
    except UnreadableDocument:
        return Form()
    if again.text != document.text:
        return Form()
    form = again.form
    imprint = form.imprint and msgspec.structs.replace(
        form.imprint,
        **{
            name: value and cover.text(value)
            for name, value in msgspec.structs.asdict(form.imprint).items()
        },
    )
    parts = tuple(
        msgspec.structs.replace(one, author=one.author and cover.text(one.author))
        for one in form.parts
    )
    return msgspec.structs.replace(form, imprint=imprint, parts=parts)
