"""How `model.npz` is made from the labelled lines: `python -m understanding.train`. Not used at run time."""
