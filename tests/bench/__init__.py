"""Speed as ratios: each figure of ours beside a floor measured in the same run, alternated (`python -m tests.bench`).

A floor is the smallest program that does the same durable work. Machines differ and are noisy; the ratio says
what our own share costs. Nothing here is asserted: `make test` never depends on a clock.
"""
