"""Photos and files by key: in a folder, or in a bucket."""
