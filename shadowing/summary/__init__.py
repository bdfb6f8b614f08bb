"""The executive page: figures and view."""
