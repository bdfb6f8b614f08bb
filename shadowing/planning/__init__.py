"""Who shadows what and when, and who took part."""
