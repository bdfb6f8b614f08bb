"""Voice notes: what an observer says aloud instead of typing. Kept as recorded, heard by its maker and by leads."""
