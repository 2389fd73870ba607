"""The lists of words and patterns that stand beside the code, as they are written."""

import json
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """What `name`.json holds, as seen from this package: `table("language/words")`."""
    found: dict[str, Any] = json.loads(
        files("understanding").joinpath(f"{name}.json").read_text(encoding="utf-8")
    )
    return found
