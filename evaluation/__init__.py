"""Scores of onrecord's output on public gold data that lies beside the checkout, and the floors they must keep."""
