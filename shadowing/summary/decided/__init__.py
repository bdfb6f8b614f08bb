"""The register of decisions as a page: those on improvements and those on promises, and what became of each."""
