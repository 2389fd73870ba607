"""What the pages show to a visitor, in words: values that a template only has to lay out."""
