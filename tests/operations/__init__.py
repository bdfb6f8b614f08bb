"""Running it: outages, several processes, backup, doctor."""
