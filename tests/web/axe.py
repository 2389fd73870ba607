"""What keeps people from using a page, as axe-core sees it; needs tests/axe (`./dev test` installs it)."""

from pathlib import Path

import pytest
from playwright.async_api import Page

SCRIPT = Path(__file__).parents[1] / "axe" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "async () => (await axe.run()).violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html).slice(0, 3)])"

needs_axe = pytest.mark.skipif(
    not SCRIPT.is_file(),
    reason="没有装好 tests/axe（有 Node 时 ./dev test 会装） / tests/axe is not installed",
)


async def faults(page: Page) -> list[tuple[str, str, list[str]]]:
    """The serious and critical faults of a page: how bad, which rule, where."""
    await page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = await page.evaluate(_RUN)
    return [tuple(one) for one in found if one[0] in {"serious", "critical"}]
