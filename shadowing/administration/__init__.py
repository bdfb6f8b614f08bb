"""First run, settings, people, invitations, sites and departments: what an administrator has an hour a month for."""
