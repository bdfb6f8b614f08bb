"""What one person owns of the backlog, also without reading the rest."""
