"""The phone's door: wire, receive, carry, receipts."""
