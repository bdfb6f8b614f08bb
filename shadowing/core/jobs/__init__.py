"""Things to do surely, after the commit: job table, lease, worker."""
