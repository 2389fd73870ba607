"""Whatever anybody asks the Open311 face for: its answer is as described, and never an error of ours."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    not_a_server_error,
)
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.chat import Chat
from tests.web.open311 import KEY, pages
from tests.web.reading import HOME

EXAMPLES = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def described(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """The description of the addresses, with a program behind them in which there are some tickets."""
    folder = tmp_path_factory.mktemp("open311")
    file = folder / "wangge.db"
    file.write_bytes(empty_database.read_bytes())
    chat = Chat(f"sqlite:///{file}", folder / "media")
    asyncio.run(_some_tickets(chat))
    app = pages(chat)
    schema = schemathesis.openapi.from_dict(app.openapi()).include(path_regex="^/open311/")
    schema.app = app
    yield schema
    asyncio.run(chat.database.close())


async def _some_tickets(chat: Chat) -> None:
    await chat.__aenter__()
    await chat.say("李姐", "3栋楼下烧烤店油烟太大了，窗户都不敢开")
    await chat.say("老涂", "东门口又有人占道摆摊卖菜，路都走不了")
    assert len(await chat.tickets()) == 2


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("key", [KEY, "wrong", None])
def test_any_request_has_an_answer_as_described(
    described: BaseSchema, key: str | None, mode: GenerationMode
) -> None:
    """`mode` is whether the request is one that the description allows."""
    operations = [one.ok() for one in described.get_all_operations() if isinstance(one, Ok)]
    assert len(operations) == 5
    for operation in operations:

        @EXAMPLES
        @given(case=operation.as_strategy(generation_mode=mode))
        def asked(case: schemathesis.Case[Any]) -> None:
            case.query.pop("api_key", None)
            case.query |= {"api_key": key} if key else {}
            answer = case.call(base_url=HOME)
            case.validate_response(answer, checks=CHECKS)
            if key != KEY and "/discovery" not in case.path:
                assert answer.status_code != 200

        asked()
