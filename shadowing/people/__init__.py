"""People, roles, sites, sign-in, tokens and the audit trail."""
