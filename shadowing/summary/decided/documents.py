"""Decisions as JSON, and as lines of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from shadowing.backlog.decisions.figures import CitedCounts, DecidedOn
from shadowing.backlog.decisions.wording import evidence, subject
from shadowing.core.sentences import plain
from shadowing.core.tables import as_text
from shadowing.summary.decided.figures import RegisterRow


def document(row: RegisterRow) -> dict[str, Any]:
    """One decision; `outcome` is what became of it so far."""
    decision = row.decision
    return {
        "id": row.key,
        "kind": decision.kind,
        "answer": row.answer or decision.option,
        "option": decision.option,
        "reason": decision.reason,
        "decided_by": decision.who,
        "decided_at": decision.at.isoformat(),
        "improvement_id": decision.improvement_id,
        "promise": decision.promise,
        "cited": _cited(decision.cited),
        "outcome": row.fate.outcome,
        "replies": [{"words": each.words, "by": each.who, "at": each.at.isoformat()} for each in decision.replies],
    }


def table(rows: Iterable[RegisterRow], language: str) -> Iterator[list[str]]:
    """Heading first; nothing that a spreadsheet would take for a formula."""
    yield ["id", "decided_at", "kind", "about", "answer", "reason", "decided_by", "evidence", "outcome", "replies"]
    for row in rows:
        told = document(row)
        about = plain(subject(row.decision), language)
        seen = plain(evidence(row.decision.cited), language) if row.decision.cited else ""
        replies = "; ".join(each["words"] for each in told["replies"])
        yield [
            as_text(str(cell))
            for cell in (
                *(told[name] for name in ("id", "decided_at", "kind")),
                about,
                *(told[name] for name in ("answer", "reason", "decided_by")),
                seen,
                told["outcome"],
                replies,
            )
        ]


def _cited(cited: DecidedOn | CitedCounts | None) -> dict[str, Any] | None:
    if cited is None:
        return None
    if isinstance(cited, CitedCounts):
        return {"kept": cited.kept, "broken": cited.broken}
    return {
        "level": cited.level,
        "score": cited.estimate.score,
        "target": cited.estimate.target,
        "visits": cited.visits,
        "observers": cited.observers or None,
        "grade": cited.grade,
    }
