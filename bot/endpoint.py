"""A language model behind an OpenAI-compatible address: one question, one answer, within limits."""

import json
import ssl
from enum import StrEnum
from typing import Any

import httpx

from bot.settings import ModelSettings

LARGEST = 256 << 10
"""Bytes of an answer that are taken."""
MOST_TOKENS = 1000
_OK = 200
_UNKNOWN_FORM = 400
"""What a server says that knows no schemas (and many say for other reasons)."""
_OF_THE_MESSAGE = frozenset({400, 413, 422})
"""What is said of one message (too long, refused for its words), and nothing about the endpoint."""


class Reason(StrEnum):
    """Why the model's reading is not used."""

    LATE = "late"
    MALFORMED = "malformed"
    UNUSABLE = "unusable"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    RESTING = "resting"


class NoAnswer(Exception):
    """There is none; `ill` where the endpoint itself is to blame and is better left alone for a while."""

    def __init__(self, reason: Reason, detail: str = "", *, ill: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.ill = ill


class Endpoint:
    """The connections to the configured address, and to nothing else: no proxy, no redirect."""

    def __init__(self, settings: ModelSettings) -> None:
        key = settings.key.get_secret_value() if settings.key else ""
        self._client = httpx.AsyncClient(
            headers={"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key}"} if key else {}),
            timeout=settings.seconds,
            verify=ssl.create_default_context(),  # the system's authorities: a bureau may have its own
            trust_env=False,
            follow_redirects=False,
        )
        self._url = f"{settings.address}/chat/completions"
        self._name = settings.name
        self._schemas = True

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def ask(self, question: dict[str, Any]) -> str:
        """The words of the answer. Raises NoAnswer; knows no limit of time but that of silence.

        Asked once more is where the connection broke, and, without the schema, where the server seems to
        know none; where that helps, no schema is sent from there on.
        """
        schemas = self._schemas
        for last in (False, True):
            try:
                status, body = await self._post(question, schemas=schemas)
            except httpx.TimeoutException as error:
                raise NoAnswer(Reason.LATE, type(error).__name__, ill=True) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                if last or isinstance(error, httpx.ConnectError):
                    raise NoAnswer(Reason.UNREACHABLE, type(error).__name__, ill=True) from None
                continue
            if status == _UNKNOWN_FORM and schemas and not last:
                schemas = False
                continue
            words = _words(status, body)
            self._schemas = schemas
            return words
        raise AssertionError("the last attempt returns or raises")

    async def _post(self, question: dict[str, Any], *, schemas: bool) -> tuple[int, bytes]:
        asked = {"model": self._name, "temperature": 0, "max_tokens": MOST_TOKENS, "stream": False} | question
        if not schemas:
            asked["response_format"] = {"type": "json_object"}
        content = json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json"}
        taken = bytearray()
        async with self._client.stream("POST", self._url, content=content, headers=headers) as response:
            async for part in response.aiter_raw():
                taken += part
                if len(taken) > LARGEST:
                    raise NoAnswer(Reason.MALFORMED, "too large")
            return response.status_code, bytes(taken)


def _words(status: int, body: bytes) -> str:
    if status != _OK:
        raise NoAnswer(Reason.REFUSED, f"status {status}", ill=status not in _OF_THE_MESSAGE)
    try:
        words = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        words = None
    if not isinstance(words, str):
        raise NoAnswer(Reason.MALFORMED, "not the protocol")
    return words
