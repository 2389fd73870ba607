"""What Alembic runs: the migrations, on the connection it is given (or as SQL text for `alembic revision`)."""

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
