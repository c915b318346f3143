"""One function a verb: the readable catalogue of everything a person can do to the data.

Each takes the session first, builds one ``ChangeSet`` and commits it, so each is one step of
undo. Functions return the records in their new state.
"""
