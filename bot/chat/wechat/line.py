"""The connection to a gateway: it stays closed once it was closed, and gathers what it sends."""

import asyncio
from typing import Any, cast

from grpclib.client import Channel, Handler
from grpclib.protocol import H2Protocol
from h2.connection import H2Connection

H2Connection.MAX_CLOSED_STREAMS = 1_024  # of its 65,536, each call that is over takes some memory for good


class NotConnected(OSError):
    """No gateway is connected."""


class _Gathering:
    """A transport that writes once a turn of the event loop: each writing wakes the gateway."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._waiting: list[bytes] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a transport has
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write it soon."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._write)
        self._waiting.append(data)

    def close(self) -> None:
        """Write what is waiting, and close."""
        self._write()
        self._transport.close()

    def _write(self) -> None:
        data, self._waiting = b"".join(self._waiting), []
        if data and not self._transport.is_closing():
            self._transport.write(data)


class _Gathered(H2Protocol):
    """HTTP/2 over such a transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", _Gathering(cast("asyncio.Transport", transport))))


class Line(Channel):
    """A connection that stays closed: grpclib's opens again for a call that was on its way meanwhile."""

    _closed = False

    async def __connect__(self) -> H2Protocol:
        self._check()
        protocol = await super().__connect__()
        self._check()
        return protocol

    def close(self) -> None:
        self._closed = True
        super().close()

    def _check(self) -> None:
        """Close what was opened meanwhile. Raises NotConnected."""
        if self._closed:
            super().close()
            raise NotConnected("closed")

    def _protocol_factory(self) -> H2Protocol:
        return _Gathered(Handler(), self._config, self._h2_config)
