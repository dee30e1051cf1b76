"""Who tells an event, on what they agree and contradict each other, and the one line of an account made of it."""
