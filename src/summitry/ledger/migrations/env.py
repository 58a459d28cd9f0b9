"""What Alembic runs around each step: our connection, our transaction."""

from alembic import context

# Alembic runs this file by its path, under this name; whoever imports it as a module (a
# documentation or doctest runner) has no migration under way.
if __name__ == "env_py":
    context.configure(
        connection=context.config.attributes["connection"],
        version_table="summitry_version",
    )
    with context.begin_transaction():
        context.run_migrations()
