"""Makes wechaty 0.10.7 importable, and gives what we use of it; nothing else imports wechaty.

It was last released in 2022. Each line here answers something that keeps it from being imported, or that
it would do to us while it is. What it breaks at run time is mended in `puppet`.
"""

import os
import sys
import tempfile
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pyee
import pyee.asyncio
import urllib3
from urllib3.util import parse_url


def _get_host(url: str) -> tuple[str, str | None, int | None]:
    """What urllib3 had until 2.0."""
    parts = parse_url(url)
    return parts.scheme or "http", parts.hostname, parts.port


@contextmanager
def _while_importing() -> Iterator[None]:
    """What must hold only while wechaty is being imported, and is put back afterwards."""
    telnetlib = types.ModuleType("telnetlib")  # gone from Python 3.13; only a ping that we don't use wants it
    telnetlib.Telnet = object  # type: ignore[attr-defined]  # a module made up on the spot
    environment = os.environ  # noqa: TID251 - wechaty reads it at import, and there is no other way to tell it
    # No .wechaty/ in the working directory, no words of residents in the log.
    wanted = {"CACHE_DIR": tempfile.gettempdir(), "WECHATY_LOG": "error"}
    before = {name: environment.get(name) for name in wanted}
    environment.update(wanted)
    sys.modules["telnetlib"] = telnetlib
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own, and those of what it was written for
            yield
    finally:
        del sys.modules["telnetlib"]
        for name, value in before.items():
            if value is None:
                del environment[name]
            else:
                environment[name] = value


# python-wechaty #422: pyee 12 moved it.
pyee.AsyncIOEventEmitter = pyee.asyncio.AsyncIOEventEmitter  # type: ignore[attr-defined]  # as above
# python-wechaty #385: urllib3 2 dropped it.
urllib3.get_host = _get_host  # type: ignore[attr-defined]  # as above

with _while_importing():
    from wechaty_puppet.schemas.puppet import PuppetOptions

    # python-wechaty #430: from Python 3.11 on the default of a dataclass must be hashable.
    PuppetOptions.__hash__ = object.__hash__

    from wechaty import Wechaty, WechatyOptions
    from wechaty_grpc.wechaty import PuppetStub
    from wechaty_grpc.wechaty import puppet as wire
    from wechaty_puppet import FileBox
    from wechaty_puppet_service import PuppetService

__all__ = ["FileBox", "PuppetOptions", "PuppetService", "PuppetStub", "Wechaty", "WechatyOptions", "wire"]
