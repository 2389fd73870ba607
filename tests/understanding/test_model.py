"""The shipped model: made from the data that lies here, loadable from elsewhere."""

from importlib.resources import as_file, files

from understanding.model import adopt, load, models, use
from understanding.train.fingerprint import fingerprint


def test_the_shipped_model_is_the_one_that_the_data_gives() -> None:
    assert models().fingerprint == fingerprint(), "run ./dev train"


def test_another_file_can_take_its_place() -> None:
    before = models()
    with as_file(files("understanding").joinpath("model.npz")) as path:
        use(path)
        assert models() is not before
        assert models().fingerprint == load(path).fingerprint
    adopt(before)
    assert models() is before
