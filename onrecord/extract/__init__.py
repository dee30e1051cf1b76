"""Document -> Reading: the stages that find things in one report. The only room that knows spaCy."""
