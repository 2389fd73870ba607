"""`wangge train`: a reader that has also learned from a bureau's own labelled lines."""

from pathlib import Path
from zipfile import BadZipFile

from bot.settings import Settings, SettingsError
from understanding.language.model import use

ELSEWHERE = "这里没有训练要用的数据和库。请在项目文件夹里运行：./dev train --with 标注文件"


class CannotTrain(Exception):
    """Why nothing was learned, in Chinese."""


def take_reader(settings: Settings) -> None:
    """Read with the model file that the settings name, if they do. Raises SettingsError."""
    if settings.reader is None:
        return
    try:
        use(settings.reader)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise SettingsError(f"WANGGE_READER：{settings.reader} 不是能用的模型文件（{error}）") from None


def train(files: list[Path], out: Path) -> None:
    """Learn from the project's data and these files, and write the model. Raises CannotTrain."""
    try:
        from understanding.train.__main__ import main  # noqa: PLC0415  (scikit-learn is for developers)
    except ImportError:
        raise CannotTrain(ELSEWHERE) from None
    from understanding.train.fingerprint import DATA  # noqa: PLC0415
    from understanding.train.local import NothingToLearn  # noqa: PLC0415

    if not DATA.exists():
        raise CannotTrain(ELSEWHERE)
    try:
        main(out, local=files)
    except NothingToLearn as nothing:
        raise CannotTrain(str(nothing)) from None
