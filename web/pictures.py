"""What a sent file is: told from its first bytes and its cleaned name, never from what the sender says."""

import unicodedata

UNKNOWN = "application/octet-stream"
"""The type of whatever is not known to be a picture."""

NAME_LIMIT = 120
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def image_type(content: bytes) -> str | None:
    """The media type of a picture that browsers show; None for anything else, SVG included."""
    for signature, mime in _SIGNATURES:
        if content.startswith(signature):
            return mime
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def clean_name(name: str) -> str:
    """A file name fit to be shown and kept: no folders, nothing invisible, not endless (its ending stays)."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    if len(shown) > NAME_LIMIT:
        half = NAME_LIMIT // 2
        shown = f"{shown[:half]}…{shown[-half + 1 :]}"
    return shown or "file"
