"""The page on which a journey is written: a draft saved at every change, published as a version."""
