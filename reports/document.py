"""A report as a Word file, from a template that the bureau may put its own in place of (`docs/reports.md`).

What stands in a report is words, never a template: a name with {{ }} in it is shown as it is.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from domain.paper import Words
from reports.picture import NotDrawn, draw
from reports.words import UNWRITABLE

TEMPLATES = Path(str(files("reports"))) / "templates"
"""Those that come with the program; `reports/make_templates.py` builds them."""
_WIDTH = 115
"""Of a picture, in millimetres."""
_NAME = re.compile(r"'([^']*)' (?:is undefined|has no attribute '([^']*)')")


class BadTemplate(Exception):
    """A template that cannot be used; why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file; `wrong` is why the bureau's own template could not be used, "" where nothing was wrong."""

    content: bytes
    wrong: str = ""


def document(words: Words, folder: Path | None = None) -> Document:
    """The report in the bureau's template, or in ours where there is none, or one with a fault.

    Draws its pictures, which takes about half a second each: call it in a thread.
    """
    name = f"{words.kind.value}.docx"
    pictures = _drawn(words)
    own = folder / name if folder else None
    wrong = ""
    if own and own.is_file():
        try:
            return Document(render(own, words, pictures))
        except BadTemplate as error:
            wrong = str(error)
    return Document(render(TEMPLATES / name, words, pictures), wrong)


def render(template: Path, words: Words, pictures: Mapping[str, bytes]) -> bytes:
    """A template filled in; BadTemplate where it cannot be."""
    try:
        form = DocxTemplate(str(template))
        form.init_docx()
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        raise BadTemplate("打不开，不是 Word 的 .docx 文件") from None
    images = {name: InlineImage(form, io.BytesIO(png), width=Mm(_WIDTH)) for name, png in pictures.items()}
    context: dict[str, Any] = _clean(words) | dict.fromkeys(words.charts, "") | images
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        form.render(context, env, autoescape=True)
        return _saved(form, words.made_at)
    except TemplateSyntaxError as error:
        raise BadTemplate(f"写法不对：{error.message}") from None
    except UndefinedError as error:
        raise BadTemplate(_unknown(str(error))) from None
    except SecurityError:
        raise BadTemplate("用了不允许的写法") from None
    except XMLSyntaxError:
        raise BadTemplate("填进去以后不是完整的 Word 文件，多半是 for 和 endfor 没有放在成对的行里") from None
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise BadTemplate(f"填不进去：{type(error).__name__}") from None


def _saved(form: DocxTemplate, made_at: datetime | None) -> bytes:
    if made_at:
        about = form.docx.core_properties
        about.created = about.modified = made_at
    written = io.BytesIO()
    form.save(written)
    return written.getvalue()


def _drawn(words: Words) -> dict[str, bytes]:
    """The pictures by name; one that cannot be drawn costs nobody the words."""
    found = {}
    for name, chart in words.charts.items():
        try:
            if chart:
                found[name] = draw(chart)
        except NotDrawn:
            continue
    return found


def _clean(words: Words) -> dict[str, Any]:
    """The names that a template may use, without characters that no file takes."""
    single = {name: _text(value) for name, value in words.words.items()}
    tables = {
        name: [{key: _text(value) for key, value in row.items()} for row in rows]
        for name, rows in words.tables.items()
    }
    return single | tables


def _text(value: str) -> str:
    return UNWRITABLE.sub(" ", value)


def _unknown(error: str) -> str:
    found = _NAME.search(error)
    if found is None:
        return "用了没有的名字"
    return f"没有“{found[2] or found[1]}”这个名字"
