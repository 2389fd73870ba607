"""The files that come with messages: fetched within bounds, decrypted with the key of each."""

import asyncio
import base64
import mimetypes
from email.message import Message as Headers
from typing import Any
from urllib.parse import unquote

import httpx
import structlog
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bot.settings import Settings
from domain.message import Kind, Media
from storage.media import MediaStore

log = structlog.get_logger()

_PADDING = 32
"""Bytes to a multiple of which WeCom pads a file before it encrypts it."""
_PATIENCE = 60.0
_TRIES = 2
_MIMES = {Kind.IMAGE: "image/jpeg", Kind.VIDEO: "video/mp4"}
_MAGIC = {b"\x89PNG": "image/png", b"GIF8": "image/gif"}


class TooLarge(Exception):
    """A file is larger than is kept."""


class Files:
    """Fetches files and keeps them."""

    def __init__(self, settings: Settings) -> None:
        self._media = MediaStore(settings.media)
        self._limit = settings.upload_mebibytes << 20

    async def keep(self, message: str, kind: Kind, part: dict[str, Any]) -> Media:
        """The file, kept; without content where it cannot be had or is too large: the message stands."""
        called = part.get("filename") or part.get("name") or ""
        name = called if isinstance(called, str) else ""
        for attempt in range(_TRIES):
            try:
                given, content = await self._fetch(str(part["url"]), str(part["aeskey"]))
            except (httpx.TransportError, TimeoutError) as error:
                # never the error's own words: they may hold the address, which is a key to the file
                log.warning(
                    "file not to be had", message=message, reason=type(error).__name__, tried=attempt + 1
                )
            except (KeyError, ValueError, TooLarge, httpx.HTTPError, httpx.InvalidURL) as error:
                log.warning("file not kept", message=message, reason=type(error).__name__)
                break
            else:
                return self._media.keep(name or given, _mime(kind, name or given, content), content)
        return Media(None, name, _mime(kind, name, b""), 0)

    async def _fetch(self, address: str, key: str) -> tuple[str, bytes]:
        """The name and the content behind an address that WeCom gave."""
        content = bytearray()
        async with (
            asyncio.timeout(_PATIENCE),
            httpx.AsyncClient(timeout=_PATIENCE) as client,
            client.stream("GET", address) as response,
        ):
            response.raise_for_status()
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > self._limit + _PADDING:
                    raise TooLarge
        plain = decrypted(bytes(content), key)
        if len(plain) > self._limit:
            raise TooLarge
        return _name(response.headers.get("content-disposition", "")), plain


def decrypted(content: bytes, key: str) -> bytes:
    """What was encrypted with AES-256-CBC: its first vector is the key's beginning. Raises ValueError."""
    secret = base64.b64decode(key + "=" * (-len(key) % 4))
    reader = Cipher(AES256(secret), CBC(secret[:16])).decryptor()
    plain = reader.update(content) + reader.finalize()
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= _PADDING or not plain.endswith(bytes([padding]) * padding):
        raise ValueError("not encrypted with this key")
    return plain[:-padding]


def _mime(kind: Kind, name: str, content: bytes) -> str:
    if guessed := mimetypes.guess_type(name)[0]:
        return guessed
    if kind is Kind.IMAGE and content[:4] in _MAGIC:
        return _MAGIC[content[:4]]
    return _MIMES.get(kind, "application/octet-stream")


def _name(disposition: str) -> str:
    """The file's name in a header."""
    headers = Headers()
    headers["content-disposition"] = disposition
    return unquote(headers.get_filename() or "")
