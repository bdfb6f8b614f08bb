"""The strategy in three sentences, the principles of the organisation, and how often each is lived."""
