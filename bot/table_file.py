"""Small tables that a bureau writes itself, as CSV from an editor or from Excel: lines with their numbers."""

import csv
from collections.abc import Iterator
from pathlib import Path


class SettingsError(Exception):
    """A setting that cannot be used; the text says which and why, in Chinese."""


def read_rows(path: Path, setting: str) -> Iterator[tuple[int, list[str]]]:
    """Each line's number and its cells, without empty lines and comments (#).

    UTF-8, or GBK as a Chinese Excel writes it. Raises SettingsError where the file cannot be read.
    """
    for number, line in enumerate(_text(path, setting).splitlines(), start=1):
        cells = [cell.strip() for cell in next(csv.reader([line.replace("，", ",")]), [])]
        if any(cells) and not cells[0].startswith("#"):
            yield number, cells


def _text(path: Path, setting: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{setting}：读不了 {path}（{error.strerror}）") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SettingsError(f"{setting}：{path} 不是文字文件；要 CSV，编码 UTF-8 或 GBK")
