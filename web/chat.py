"""The chat room's pages and the calls their scripts make."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias
from urllib.parse import quote, urlencode

from fastapi import APIRouter, File, Form, Path, Query, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.templating import Jinja2Templates

from domain.ids import GroupId, MemberId, MessageId
from domain.people import Role
from web import live, mapping
from web.mapping import Json
from web.pictures import UNKNOWN, clean_name, image_type
from web.room import Draft, GroupCard, MemberCard, Room, Upload

TEXT_LIMIT = 5000
"""Characters in one message."""

Group: TypeAlias = Annotated[str, Query(alias="group", min_length=1, max_length=200)]
Viewer: TypeAlias = Annotated[str, Query(alias="as", min_length=1, max_length=200)]
Sha256: TypeAlias = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


class Words(BaseModel):
    """Words that a person sends."""

    text: str = Field(max_length=TEXT_LIMIT)
    mentions: list[str] = Field(default_factory=list, max_length=100)
    quotes: str | None = Field(default=None, max_length=200)
    private: bool = False


class Recall(BaseModel):
    """Which message to take back."""

    message: str = Field(min_length=1, max_length=200)


class Play(BaseModel):
    """Which story to play, and how long it may take."""

    story: str = Field(min_length=1, max_length=200)
    seconds: float = Field(ge=5, le=3600)


class WrongFileError(Exception):
    """A file that cannot be taken; the text is the code that the page's script has words for."""


@dataclass(frozen=True, slots=True)
class Chat:
    """The pages of the chat room `room`; files may weigh up to `limit` bytes.

    `pages` is the address under which the bot names the other pages: in what is said, it is a link.
    """

    room: Room
    templates: Jinja2Templates
    limit: int
    pages: str = ""

    def router(self) -> APIRouter:
        """Every address under /chat."""
        router = APIRouter(prefix="/chat")
        router.add_api_route("", self.page, response_model=None)
        router.add_api_route("/events", self.events, response_model=None)
        router.add_api_route("/picture/{sha256}", self.picture, response_model=None)
        router.add_api_route("/file/{sha256}", self.file, response_model=None)
        router.add_api_route("/say", self.say, methods=["POST"])
        router.add_api_route("/send", self.send, methods=["POST"])
        router.add_api_route("/recall", self.recall, methods=["POST"])
        router.add_api_route("/play", self.play, methods=["POST"])
        return router

    async def page(
        self,
        request: Request,
        group: str | None = None,
        viewer: Annotated[str | None, Query(alias="as")] = None,
    ) -> Response:
        """The chat as one person sees it; where it is not said which group and who, the choice of both."""
        groups = await self.room.groups()
        here = next((card for card in groups if card.id == group), None)
        people = _people(here) if here else []
        me = next((card for card in people if card.id == viewer), None)
        if here and people and here.playing and viewer is None:
            return RedirectResponse(f"/chat?{urlencode({'group': here.id, 'as': people[0].id})}", 303)
        stories = [{"name": name, "title": title} for name, title in await self.room.stories()]
        shared = {"stories": stories, "people_of": _people}
        if here is None or me is None:
            lost = viewer is not None or (group is not None and here is None)
            context = {"groups": groups, "lost": lost, **shared}
            return self.templates.TemplateResponse(request, "lobby.html", context, 404 if lost else 200)
        stage: Json = {
            "group": mapping.group(here),
            "me": me.id,
            "file_limit": self.limit,
            "text_limit": TEXT_LIMIT,
            "pages": self.pages,
        }
        context = {"group": here, "me": me, "stage": stage, **shared}
        return self.templates.TemplateResponse(request, "chat.html", context)

    async def events(self, group: Group, viewer: Viewer) -> Response:
        """The live stream of one page; refused at once where there is no such group or person."""
        here, me = GroupId(group), MemberId(viewer)
        await self.room.scene(here, me)
        return StreamingResponse(live.events(self.room, here, me), media_type="text/event-stream")

    async def picture(self, sha256: Sha256) -> Response:
        """A picture that was sent, and nothing that is none."""
        found = await self.room.picture(sha256)
        mime = image_type(found.content) if found else None
        if found is None or mime is None:
            return JSONResponse({"error": "not_found"}, 404)
        forever = {"cache-control": "private, max-age=31536000, immutable"}
        return Response(found.content, media_type=mime, headers=forever)

    async def file(self, group: Group, viewer: Viewer, sha256: Sha256) -> Response:
        """A file that the bot sent where this person sees it, to be saved; never shown by the browser."""
        found = await self.room.file(GroupId(group), MemberId(viewer), sha256)
        if found is None:
            return JSONResponse({"error": "not_found"}, 404)
        saved = {"content-disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
        return Response(found.content, media_type=UNKNOWN, headers=saved)

    async def say(self, group: Group, viewer: Viewer, words: Words) -> Json:
        """Words to the group, or to the bot alone."""
        draft = Draft(
            text=words.text,
            mentions=[MemberId(one) for one in words.mentions],
            quotes=MessageId(words.quotes) if words.quotes else None,
            private=words.private,
        )
        return {"message": await self.room.say(GroupId(group), MemberId(viewer), draft)}

    async def send(
        self,
        group: Group,
        viewer: Viewer,
        file: Annotated[UploadFile, File()],
        *,
        quotes: Annotated[str, Form(max_length=200)] = "",
        private: Annotated[bool, Form()] = False,
    ) -> Json:
        """One file to the group, or to the bot alone."""
        content = await file.read()
        if not content:
            raise WrongFileError("empty")
        if len(content) > self.limit:
            raise WrongFileError("too_large")
        upload = Upload(clean_name(file.filename or ""), image_type(content) or UNKNOWN, content)
        draft = Draft(upload=upload, quotes=MessageId(quotes) if quotes else None, private=private)
        return {"message": await self.room.say(GroupId(group), MemberId(viewer), draft)}

    async def recall(self, group: Group, viewer: Viewer, taken: Recall) -> Json:
        """Take one's own message back."""
        await self.room.recall(GroupId(group), MemberId(viewer), MessageId(taken.message))
        return {}

    async def play(self, wanted: Play) -> Json:
        """Play a story; the answer names the group to watch it in."""
        return {"group": await self.room.play(wanted.story, wanted.seconds)}


def _people(group: GroupCard) -> Sequence[MemberCard]:
    """Whom one can be: everybody but the bot."""
    return [card for card in group.members if card.role != Role.BOT]
