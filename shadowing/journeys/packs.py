"""Ready-made journeys by industry, kept as JSON beside this module. Pure: no database.

A pack is the snapshot of a journey without ids: {slug, edition, name, need, consent, anchors,
purposes, personas, scenarios, stages: [{key, kind, name, touchpoints: [...]}]}. Touchpoints carry
`key`, standards `id`; both are stable, so a later edition of a pack finds its places again.
"""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "packs"


class UnknownPack(LookupError):
    """No pack of that name is shipped."""


def available() -> list[str]:
    """Names of all packs, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def load(name: str) -> dict[str, Any]:
    """The pack as a fresh dictionary. Raises UnknownPack."""
    if name not in available():
        raise UnknownPack(f"There is no pack “{name}”. There are: {', '.join(available())}.")
    pack: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return pack
