"""The frame of the pages behind the login: navigation, who is there, and the way out."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from domain.access import Visitor
from handlers import texts
from web.session import FORM_FIELD, Door, form_token, held


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page behind the login needs: the door, and templates that extend `frame.html`."""

    door: Door
    templates: Jinja2Templates

    def page(
        self, request: Request, visitor: Visitor, template: str, context: dict[str, object], status: int = 200
    ) -> Response:
        """A page in the frame; `context` may say with `here` which entry of the navigation it belongs to."""
        shared: dict[str, object] = {
            "visitor": visitor,
            "role_name": texts.ROLES[visitor.role],
            "form_field": FORM_FIELD,
            "form_token": form_token(held(request)),
            "here": "",
        }
        return self.templates.TemplateResponse(request, template, shared | context, status)

    def outside(self, request: Request, what: str, status: int, visitor: Visitor | None = None) -> Response:
        """A page for whom nobody knows yet: `how` to get in, `enter` as `visitor`, the link is `gone`."""
        context = {"what": what, "visitor": visitor, "again": ""}
        return self.templates.TemplateResponse(request, "login.html", context, status)
