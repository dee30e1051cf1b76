"""When: time expressions, the date of the report, and what each expression means by it."""
