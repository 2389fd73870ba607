"""WeCom's end of an upload for tests, held to the limits that are published."""

import base64
import hashlib
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TOO_FAST, WRONG = 45009, 40058
LIMITS = {"image": 10 << 20, "file": 20 << 20}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG")


class Kept(NamedTuple):
    """What was uploaded."""

    kind: str
    name: str
    content: bytes


@dataclass
class Uploads:
    """Takes files in pieces; only what is whole, and as it was announced, gets an id."""

    kept: dict[str, Kept] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._begun: dict[str, tuple[Mapping[str, Any], dict[int, bytes]]] = {}
        self._times: deque[float] = deque(maxlen=30)

    def take(self, command: str, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """One step: its errcode, and what the answer holds."""
        if command == "aibot_upload_media_init":
            return self._begin(body)
        if body["upload_id"] not in self._begun:
            return WRONG, {}
        announced, pieces = self._begun[body["upload_id"]]
        if command == "aibot_upload_media_finish":
            return self._end(body["upload_id"], announced, pieces)
        piece, index = base64.b64decode(body["base64_data"], validate=True), body["chunk_index"]
        if not 0 < len(piece) <= 512 << 10 or not 0 <= index < announced["total_chunks"]:
            return WRONG, {}
        pieces[index] = piece
        return 0, {}

    def _begin(self, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        now = time.monotonic()
        if len(self._times) == self._times.maxlen and now - self._times[0] < 60:
            return TOO_FAST, {}
        self._times.append(now)
        right = body["type"] in LIMITS and 5 < body["total_size"] <= LIMITS[body["type"]]
        if not right or not body["filename"] or not 1 <= body["total_chunks"] <= 100:
            return WRONG, {}
        key = f"upload-{len(self._times)}-{now}"
        self._begun[key] = (body, {})
        return 0, {"upload_id": key}

    def _end(
        self, key: str, announced: Mapping[str, Any], pieces: Mapping[int, bytes]
    ) -> tuple[int, dict[str, Any]]:
        content = b"".join(pieces[index] for index in sorted(pieces))
        whole = len(pieces) == announced["total_chunks"] and len(content) == announced["total_size"]
        if not whole or hashlib.md5(content, usedforsecurity=False).hexdigest() != announced["md5"]:
            return WRONG, {}
        if announced["type"] == "image" and not content.startswith(PICTURES):
            return WRONG, {}
        media = f"media-of-{key}"
        self.kept[media] = Kept(announced["type"], announced["filename"], content)
        del self._begun[key]
        return 0, {"type": announced["type"], "media_id": media, "created_at": int(time.monotonic())}
