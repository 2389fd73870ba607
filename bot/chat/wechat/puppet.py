"""A Wechaty puppet service that bears what a gateway does: the cures for the stock client, one by one.

Every call has a deadline and at most 32 are in flight; files travel in chunks both ways; setters send what
a gateway of today understands. Connecting again is `link`'s.
"""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

import betterproto
from grpclib.client import Channel
from grpclib.config import Configuration
from grpclib.const import Cardinality, Status
from grpclib.exceptions import GRPCError, ProtocolError, StreamTerminatedError

from bot.chat.wechat.compat import FileBox, PuppetOptions, PuppetService, PuppetStub, wire
from bot.chat.wechat.line import Line, NotConnected

Answer = TypeVar("Answer")

DISCONNECTED = (OSError, TimeoutError, StreamTerminatedError, ProtocolError)
"""What a call raises where the gateway is not there, does not answer, or goes away."""
REFUSED = GRPCError
"""What a call raises where the gateway is there and says no."""

_AT_ONCE = 32
_DEADLINE = 10.0
_FILE_DEADLINE = 120.0
_SILENCE = 10.0
"""Seconds without a piece of a file, after which none comes: a gateway that has no file says nothing."""
_CHUNK = 256 << 10
_KEEPALIVE = 4.0
_ARTWORK = 3
"""The picture as it was sent, not its thumbnail."""

EVENTS = {
    1: "heartbeat",
    2: "message",
    3: "dong",
    16: "error",
    17: "friendship",
    18: "room-invite",
    19: "room-join",
    20: "room-leave",
    21: "room-topic",
    22: "scan",
    23: "ready",
    25: "login",
    26: "logout",
    27: "dirty",
}
"""The kinds of event on the wire, by the names that wechaty gives them."""


class TooLarge(Exception):
    """A file is larger than is kept."""


@dataclass(eq=False, repr=False)
class _Setting(betterproto.Message):
    """What sets a room's topic or announcement, a contact's alias: since 1.0 the value is in field 3."""

    id: str = betterproto.string_field(1)
    value: str = betterproto.string_field(3)


@dataclass(eq=False, repr=False)
class _Place(betterproto.Message):
    accuracy: float = betterproto.float_field(1)
    address: str = betterproto.string_field(2)
    latitude: float = betterproto.double_field(3)
    longitude: float = betterproto.double_field(4)
    name: str = betterproto.string_field(5)


@dataclass(eq=False, repr=False)
class _PlaceOf(betterproto.Message):
    id: str = betterproto.string_field(1)


@dataclass(eq=False, repr=False)
class _PlaceFound(betterproto.Message):
    location: _Place = betterproto.message_field(1)  # noqa: RUF009 - its way to declare a field


class _Stub(PuppetStub):  # type: ignore[misc]  # wechaty_grpc comes without types
    """The calls of the gateway, each with a deadline, not too many at once."""

    def __init__(self, channel: Channel, token: str) -> None:
        super().__init__(channel, metadata={"authorization": f"Wechaty {token}"})
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def _unary_unary(
        self, route: str, request: object, response_type: type[Answer], **how: float | None
    ) -> Answer:
        how.setdefault("timeout", _DEADLINE)
        async with self._free:
            answer: Answer = await super()._unary_unary(route, request, response_type, **how)
        return answer

    async def set(self, name: str, key: str, value: str, answer: type[object]) -> None:
        """Set something of a room or contact."""
        await self._unary_unary(f"/wechaty.Puppet/{name}", _Setting(id=key, value=value), answer)

    async def place(self, message: str) -> _Place:
        """Where a location message points."""
        route = "/wechaty.Puppet/MessageLocation"
        found = await self._unary_unary(route, _PlaceOf(id=message), _PlaceFound)
        return found.location


class GatewayPuppet(PuppetService):
    """The gateway as a puppet; `open` and `close` may be called again and again."""

    def __init__(self, endpoint: str, token: str) -> None:
        options = PuppetOptions()
        options.token, options.end_point = token, endpoint
        super().__init__(options)
        self._token = token
        host, _, port = endpoint.rpartition(":")
        self._address = host.strip("[]"), int(port)

    def open(self) -> None:
        """Prepare a connection; it is made with the first call."""
        self.close()
        host, port = self._address
        config = Configuration(
            _keepalive_time=_KEEPALIVE,
            _keepalive_timeout=_KEEPALIVE,
            _keepalive_permit_without_calls=True,
            _http2_max_pings_without_data=0,
            _http2_min_sent_ping_interval_without_data=_KEEPALIVE / 2,
        )
        self.channel = Line(host=host, port=port, config=config)
        self.channel._authority = self._token  # noqa: SLF001 - where older gateways look for the token
        self._puppet_stub = _Stub(self.channel, self._token)

    def close(self) -> None:
        """Let go of the connection, without stopping the gateway's own session with WeChat."""
        if self.channel:
            self.channel.close()
        self.channel = self._puppet_stub = None

    @property
    def gateway(self) -> _Stub:
        """The calls. Raises NotConnected."""
        if self._puppet_stub is None:
            raise NotConnected("no gateway")
        stub: _Stub = self._puppet_stub
        return stub

    async def events(self) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """What happens, by name, as long as the connection stands; unknown kinds are left out."""
        async for event in self.gateway.event():
            name = EVENTS.get(int(event.type))
            if name:
                yield name, _payload(event.payload)

    def tell(self, name: str, payload: dict[str, Any]) -> None:
        """Hand an event to whoever listens with `on`."""
        self._event_stream.emit(name, payload)

    async def message_bytes(self, message: str, limit: int, *, image: bool = False) -> tuple[str, bytes]:
        """The file of a message: its name and content. Raises TooLarge beyond `limit` bytes."""
        name, content = "", bytearray()
        async with asyncio.timeout(_FILE_DEADLINE):
            stub = self.gateway
            stream = (
                stub.message_image_stream(id=message, type=_ARTWORK)
                if image
                else stub.message_file_stream(id=message)
            )
            while part := await _soon(anext(stream, None)):
                kind, value = betterproto.which_one_of(part.file_box_chunk, "payload")
                if kind == "name":
                    name = value
                elif kind == "data":
                    content += value
                if len(content) > limit:
                    raise TooLarge(f"more than {limit} bytes")
        return name, bytes(content)

    async def send_bytes(self, conversation: str, name: str, content: bytes) -> str:
        """Send a file, a picture where its name says so; the id of the message, "" where there is none."""
        if self.channel is None:
            raise NotConnected("no gateway")
        request, answer = wire.MessageSendFileStreamRequest, wire.MessageSendFileStreamResponse
        async with self.channel.request(
            "/wechaty.Puppet/MessageSendFileStream",
            Cardinality.STREAM_UNARY,
            request,
            answer,
            timeout=_FILE_DEADLINE,
            metadata=self.gateway.metadata,
        ) as stream:
            await stream.send_message(request(conversation_id=conversation))
            await stream.send_message(request(file_box_chunk=wire.FileBoxChunk(name=name)))
            for start in range(0, len(content), _CHUNK):
                part = wire.FileBoxChunk(data=content[start : start + _CHUNK])
                await stream.send_message(request(file_box_chunk=part))
            await stream.end()
            sent = await stream.recv_message()
        return (sent.id if sent else None) or ""

    async def message_send_file(self, conversation_id: str, file: FileBox) -> str:
        """As wechaty calls it."""
        return await self.send_bytes(conversation_id, file.name, base64.b64decode(file.base64))

    async def message_place(self, message: str) -> str:
        """What a location message says: the name of the place, or its address."""
        place = await self.gateway.place(message)
        return place.name or place.address

    async def room_topic(self, room_id: str, new_topic: str) -> None:
        """Rename a room."""
        await self.gateway.set("RoomTopic", room_id, new_topic, wire.RoomTopicResponse)

    async def room_announce(self, room_id: str, announcement: str | None = None) -> str:
        """Read a room's announcement, or put one up."""
        if announcement is None:
            return str(await super().room_announce(room_id))
        await self.gateway.set("RoomAnnounce", room_id, announcement, wire.RoomAnnounceResponse)
        return announcement

    async def contact_alias(self, contact_id: str, alias: str | None = None) -> str:
        """Read what the account calls a contact, or change it."""
        if alias is None:
            return str(await super().contact_alias(contact_id) or "")
        await self.gateway.set("ContactAlias", contact_id, alias, wire.ContactAliasResponse)
        return alias


def _payload(text: str) -> dict[str, Any]:
    """What an event says; words that are no JSON object are its `data`."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = text
    return found if isinstance(found, dict) else {"data": found}


async def _soon(part: Awaitable[Answer]) -> Answer:
    async with asyncio.timeout(_SILENCE):
        return await part


def wrong_token(error: Exception) -> bool:
    """Whether the gateway does not accept the token."""
    return isinstance(error, GRPCError) and error.status is Status.UNAUTHENTICATED


def taken(error: Exception) -> bool:
    """Whether the gateway already serves somebody else."""
    return isinstance(error, GRPCError) and error.status is Status.ALREADY_EXISTS
