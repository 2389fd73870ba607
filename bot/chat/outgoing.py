"""A file that goes out: what was kept of it, as far as the platforms take it."""

from bot.chat.contract import SendFailed
from domain.message import Media
from storage.media import MediaStore

LARGEST = 20 << 20
"""Bytes of a file that may be sent, on WeChat as on WeCom."""


def content_of(file: Media, store: MediaStore) -> bytes:
    """What is in the file. Raises SendFailed, for good, where it is gone or too large."""
    if file.size > LARGEST:
        raise SendFailed(f"larger than {LARGEST} bytes", permanent=True)
    content = store.read(file.sha256) if file.sha256 else None
    if content is None:
        raise SendFailed("the file is no longer there", permanent=True)
    return content
