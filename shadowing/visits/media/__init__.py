"""Photos and voice notes of visits."""
