"""The store: a case as one SQLite file, and the only room with SQL.

``schema.sql`` is the truth about what a case holds, readable from top to bottom. ``casefile`` opens and keeps the file,
``rows`` turns the nouns of a reading into rows and back, ``queries`` answers questions with nouns.
"""
