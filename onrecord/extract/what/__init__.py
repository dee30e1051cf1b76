"""What happened, and what did not: events with their participants, their status, and quantities."""
