"""What Alembic runs: the migrations, on the connection that `storage.migrate` gives it."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
