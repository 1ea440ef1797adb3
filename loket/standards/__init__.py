"""What an office promises: services as immutable, versioned data that the other rooms run."""
