"""The reader that asks a language model: what it is sent, masked, and what its answer may be."""
