"""The files that came with messages: kept once each under their SHA-256, taken at receipt."""

import hashlib
import os
from pathlib import Path

from domain.message import Media


class MediaStore:
    """A folder of files by hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, mime: str, content: bytes) -> Media:
        """Keep a file; the same content is kept once."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{path.name}.{os.getpid()}.part")
            partial.write_bytes(content)
            partial.replace(path)
        return Media(sha256, name, mime, len(content))

    def read(self, sha256: str) -> bytes | None:
        """The content kept under this hash; None where there is none, or it no longer fits its hash."""
        path = self._path(sha256)
        if len(sha256) != hashlib.sha256().digest_size * 2 or not sha256.isalnum() or not path.is_file():
            return None
        content = path.read_bytes()
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def discard(self, sha256: str) -> None:
        """Remove a file."""
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
