"""Photographs: bytes to bytes, stores and serving."""
