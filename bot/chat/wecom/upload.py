"""The files that go out: uploaded in pieces over the connection itself, then shown by a message of their own.

What WeCom takes: files of more than 5 bytes, pictures as JPG or PNG of up to 10 MB, anything else of up to
20 MB, in at most 100 pieces of at most 512 KB, 30 uploads a minute.
"""

import base64
import hashlib
from typing import Any

from bot.chat.contract import SendFailed
from bot.chat.outgoing import content_of
from bot.chat.pace import Pace
from bot.chat.wecom.link import Frame, Link
from domain.message import Media
from storage.media import MediaStore

_SMALLEST = 6
_LARGEST_PICTURE = 10 << 20
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
"""How a picture begins that WeCom shows; others go as files."""
_PIECE = 256 << 10
"""Bytes of a piece: half of what may be, since a heartbeat waits behind it and must not be late."""
_PER_MINUTE = 28
_PATIENCE = 30.0
"""Seconds for the answer to a piece, which takes longer than words do."""


class Uploads:
    """Uploads what was kept."""

    def __init__(self, link: Link, store: MediaStore) -> None:
        self._link = link
        self._store = store
        self._pace = Pace(_PER_MINUTE, 0)

    async def shown(self, file: Media) -> dict[str, Any]:
        """What a message says to show the file. Raises SendFailed, DISCONNECTED, Refusal."""
        content = content_of(file, self._store)
        if len(content) < _SMALLEST:
            raise SendFailed(f"smaller than {_SMALLEST} bytes", permanent=True)
        picture = content.startswith(_PICTURES) and len(content) <= _LARGEST_PICTURE
        kind = "image" if picture else "file"
        await self._pace.turn()
        return {"msgtype": kind, kind: {"media_id": await self._upload(kind, file.name, content)}}

    async def _upload(self, kind: str, name: str, content: bytes) -> str:
        """Begin, hand over piece by piece, end; the id that WeCom gives it for three days."""
        pieces = [content[at : at + _PIECE] for at in range(0, len(content), _PIECE)]
        begun = await self._link.ask(
            "aibot_upload_media_init",
            {
                "type": kind,
                "filename": name or "file",
                "total_size": len(content),
                "total_chunks": len(pieces),
                "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            },
        )
        upload = {"upload_id": _given(begun, "upload_id")}
        for index, piece in enumerate(pieces):
            body = {**upload, "chunk_index": index, "base64_data": base64.b64encode(piece).decode()}
            await self._link.ask("aibot_upload_media_chunk", body, within=_PATIENCE)
        return _given(await self._link.ask("aibot_upload_media_finish", upload, within=_PATIENCE), "media_id")


def _given(answer: Frame, name: str) -> str:
    """The id in an answer. Raises SendFailed."""
    body = answer.get("body")
    if found := body.get(name) if isinstance(body, dict) else None:
        return str(found)
    raise SendFailed(f"WeCom gave no {name}")
