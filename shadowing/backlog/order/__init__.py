"""The order of the backlog, explained: by which view, why an item stands where it does, where the work goes."""
