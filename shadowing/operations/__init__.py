"""Keeping an installation running: backup, health, nightly work, jobs, the demonstration."""
