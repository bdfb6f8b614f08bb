"""What seals the records of somebody who has signed out of a phone."""
