"""What a resident's or worker's message means, rule by rule."""
