"""The backlog as a table for any spreadsheet or tracker."""
