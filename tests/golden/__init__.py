"""What other people's software, old phones and old backups rely on, as files: a change of it is said in its commit.

`surfaces/` lists what is public (`make golden` writes it anew); `made/` holds what an earlier version left behind:
a backup with a job of every kind in line, a rescue file, a phone that has not sent yet.
"""
