"""The counter of an Indonesian procurement office; each subject is a room below."""
