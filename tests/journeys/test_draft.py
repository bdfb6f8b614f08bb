"""The shapes of a draft are those of a journey's file, and whatever this installation adds."""

import pytest

from shadowing.authoring.editor import journey_file as file
from shadowing.journeys import draft

OURS = {"id", "library", "principle", "department"}
PAIRS = [
    (draft.StageDraft, file.AStage),
    (draft.TouchpointDraft, file.ATouchpoint),
    (draft.StandardDraft, file.AStandard),
    (draft.BasisDraft, file.Basis),
    (draft.PersonaDraft, file.APersona),
    (draft.NeedDraft, file.ANeed),
    (draft.PurposeDraft, file.Purpose),
    (draft.ScenarioDraft, file.Scenario),
    (draft.ConsentText, file.ConsentWording),
    (draft.Draft, file.AJourney),
]


@pytest.mark.parametrize(("kept", "read"), PAIRS, ids=[kept.__name__ for kept, _ in PAIRS])
def test_a_draft_holds_what_a_file_holds(kept, read):
    assert {*kept.__annotations__} - OURS == {*read.model_fields} - OURS
