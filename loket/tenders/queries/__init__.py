"""What pages read of moved schedules and of exhibits."""
