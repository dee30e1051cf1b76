"""Who says so: quotations, the words of attribution, statements with their sources and terms."""
