"""The same event in several reports: what it is compared by, what is compared at all, and how likely two are one."""
