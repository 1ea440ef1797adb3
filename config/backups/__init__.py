"""Backup, restore and the drill that proves them (docs/adr/0034); reached through `config.operations`."""
