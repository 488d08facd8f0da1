"""The documents of an incident held against each other, as far as the home's owner may see them.

A document has no class, so only the owner sees it whole; for anybody else there is none, whatever
the home holds (law 3). What was sealed or quarantined is blanked before anything is compared, and
confidential addresses are covered.
"""

from whoseword.access import Reader
from whoseword.doors.confidential import cover_of, covered
from whoseword.doors.desk import Desk
from whoseword.doors.in_sight import quarantined_spans, without
from whoseword.intake import KeptDocument
from whoseword.intake.copies import Family, families_of, paper_of
from whoseword.intake.form import Form


def copies_of(desk: Desk, incident: str, reader: Reader) -> tuple[Family, ...]:
    """The families of an incident's documents; the read is logged."""
    desk.read("copies", incident, reader)
    if reader.name != desk.owner.name:
        return ()
    with desk.ledger.store.view() as home:
        hidden, cover = quarantined_spans(home), cover_of(home)
        papers = []
        for digest in home.documents(incident):
            document = home.document(digest)
            if document is None:
                continue
            shown = without(document, hidden)
            shown = covered(shown, cover) if cover else shown
            papers.append(
                paper_of(
                    KeptDocument(
                        sha256=shown.sha256,
                        name=shown.name,
                        media_type=shown.media_type,
                        bytes=b"",
                        text=shown.text,
                        pages=shown.pages,
                        form=Form(),
                    )
                )
            )
    return families_of(papers)
