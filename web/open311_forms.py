"""The two forms in which others' programs are answered: JSON, and the XML that the standard gives."""

import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response


class Form(StrEnum):
    """How the end of an address says that it wants to be answered."""

    JSON = "json"
    XML = "xml"


_ONE = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "attributes": "attribute",
}
"""What one of several is called in XML."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(form: Form, name: str, found: Any, status: int = 200) -> Response:  # noqa: ANN401 - dataclasses, lists of them
    """What was found; in XML under this name."""
    if form is Form.JSON:
        words = json.dumps(_plain(found), ensure_ascii=False)
        return Response(words, status, media_type="application/json; charset=utf-8")
    top = Element(name)
    _fill(top, _plain(found))
    words = tostring(top, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return Response(head + words, status, media_type="text/xml; charset=utf-8")


def _plain(found: Any) -> Any:  # noqa: ANN401 - as above
    """As JSON has it."""
    if is_dataclass(found):
        return {one.name: _plain(getattr(found, one.name)) for one in fields(found)}
    if isinstance(found, Sequence) and not isinstance(found, str):
        return [_plain(one) for one in found]
    return found


def _fill(element: Element, found: Any) -> None:  # noqa: ANN401 - what JSON has
    """Put what was found into the element; nothing where it is None."""
    if isinstance(found, dict):
        for name, value in found.items():
            _fill(SubElement(element, name), value)
    elif isinstance(found, list):
        for value in found:
            _fill(SubElement(element, _ONE[element.tag]), value)
    elif isinstance(found, bool):
        element.text = str(found).lower()
    elif found is not None:
        element.text = _NOT_IN_XML.sub("", str(found))
