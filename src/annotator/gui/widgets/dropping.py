"""What it means to drop marks and sources on a quote, a claim or a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.commands.fields import set_fields
from annotator.app.commands.links import attribute, attribute_to_mention, set_cues
from annotator.app.commands.marks import link_claim
from annotator.app.commands.sources import add_member, join_mention, put_in_group
from annotator.gui.models.listing import MARK_MIME, SOURCE_MIME, ids_of
from annotator.model.annotations import (
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.vocabulary import Identification

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk
    from annotator.model.annotations import Mark

    Dragged = Mark | Source


def dragged_records(data: ArticleData, mime: QMimeData) -> list[Dragged]:
    """Return the marks and sources that a drag carries, from a list or from the text."""
    ids = dict.fromkeys((*ids_of(mime, SOURCE_MIME), *ids_of(mime, MARK_MIME)))
    found = (data.marks.get(i) or data.sources.get(i) for i in ids)
    return [record for record in found if record is not None]


def link_dropped(desk: Desk, records: list[Dragged], onto: object) -> bool:
    """Link dropped records to the one they were dropped on; ``False`` if that means nothing."""
    if isinstance(onto, Source):
        contents = [record for record in records if isinstance(record, Quote | Claim)]
        if contents:
            desk.run(attribute, contents, onto)
        rest = [record for record in records if not isinstance(record, Quote | Claim)]
        linked = [_onto_source(desk, record, onto) for record in rest]
        return bool(contents) or any(linked)
    if isinstance(onto, Quote | Claim):
        linked = [_onto_content(desk, record, onto) for record in records]
        return any(linked)
    return False


def _onto_source(desk: Desk, record: Dragged, onto: Source) -> bool:
    is_group = onto.identification is Identification.UNNAMED_GROUP
    if isinstance(record, SourceMention) and is_group and record.source_id != onto.id:
        # "The second source" dropped on "two sources" is one of the two, not both.
        desk.run(add_member, onto, mention=record)
    elif isinstance(record, SourceMention):
        desk.run(join_mention, record, onto.id)
    elif isinstance(record, DeclinedComment):
        desk.run(set_fields, record, source_id=onto.id)
    elif isinstance(record, Source) and is_group:
        if onto.id in (record.id, record.group_id):
            return False
        desk.run(put_in_group, record, onto.id)
    else:
        return False
    return True


def _onto_content(desk: Desk, record: Dragged, onto: Quote | Claim) -> bool:
    if isinstance(record, Source):
        desk.run(attribute, [onto], record)
    elif isinstance(record, SourceMention):
        desk.run(attribute_to_mention, [onto], record)
    elif isinstance(record, Hedge | CouldNotVerify) and isinstance(onto, Claim):
        desk.run(link_claim, record, onto.id)
    elif isinstance(record, Cue):
        return _give_cue(desk, record, onto)
    else:
        return False
    return True


def _give_cue(desk: Desk, cue: Cue, content: Quote | Claim) -> bool:
    """Say that a cue introduces a content, in each of its attributions."""
    data = desk.data
    rows = data.attributions_of(content.id) if data is not None else []
    for row in rows:
        if cue.id not in row.cue_ids:
            desk.run(set_cues, row, (*row.cue_ids, cue.id))
    return bool(rows)
