"""Makes the app; nothing else."""

from shadowing.app import create_app

app = create_app()
