"""What other programs are told, and how."""
