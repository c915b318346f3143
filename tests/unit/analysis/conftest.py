"""The first call imports scipy; that must not count against a property test's deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("analysis", deadline=None)
settings.load_profile("analysis")
