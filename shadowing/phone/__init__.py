"""The doors of the phone: sync, the shell of its app, and what a customer takes back."""
