"""What the bot does: one function a use case, split by who speaks. Handlers send nothing."""
