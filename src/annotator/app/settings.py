"""What a person can choose. One row a setting: the dialog, the defaults and the tests follow."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

Value = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Setting:
    """Describe one setting.

    ``area`` groups settings in the dialog; labels are ``settings.<key>`` and, for choices,
    ``settings.<key>.<choice>``. ``low`` and ``high`` bound numbers.
    """

    key: str
    area: str
    default: Value
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0

    def clean(self, value: object) -> Value:
        """Return the value if it is one this setting can have, else the default."""
        if isinstance(self.default, bool):
            return value if isinstance(value, bool) else self.default
        if isinstance(self.default, int | float):
            if isinstance(value, bool) or not isinstance(value, int | float):
                return self.default
            return type(self.default)(min(max(value, self.low), self.high))
        if not isinstance(value, str) or (self.choices and value not in self.choices):
            return self.default
        return value


SETTINGS: tuple[Setting, ...] = (
    Setting("author", "person", default=""),
    Setting("language", "person", default="system", choices=("system", "en", "fr")),
    Setting("theme", "look", default="system", choices=("system", "light", "dark")),
    Setting("reading_font", "look", default="Source Serif 4"),
    Setting("reading_size", "look", default=17, low=11, high=32),
    Setting("measure", "look", default=66, low=45, high=90),
    Setting("line_height", "look", default=1.62, low=1.2, high=2.2),
    Setting("show_invisible", "look", default=False),
    Setting("reduce_motion", "look", default=False),
    Setting("snap_to_words", "marking", default=True),
    Setting("confirm_delete", "marking", default=False),
    Setting(
        "suggestions", "marking", default="balanced", choices=("off", "fewer", "balanced", "more")
    ),
    Setting("learning", "marking", default=True),
    Setting("recent_list", "privacy", default=False),
    Setting(
        "redaction", "privacy", default="redacted", choices=("internal", "redacted", "publish")
    ),
    Setting("report_language", "reports", default="interface", choices=("interface", "en", "fr")),
    Setting(
        "graph_unit", "reports", default="sentence", choices=("sentence", "paragraph", "article")
    ),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


def settings_path() -> Path:
    """Return where the settings are kept: the platform's folder, or ``ANNOTATOR_CONFIG``."""
    folder = os.environ.get("ANNOTATOR_CONFIG")
    if folder:
        return Path(folder) / "settings.json"
    import platformdirs

    return platformdirs.user_config_path("annotator") / "settings.json"


class Settings:
    """Read and write the settings; only what differs from the defaults is stored.

    A broken or foreign file costs the settings it breaks, never the start of the program. Window
    geometry and the like are kept under ``state`` and are not settings.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_path()
        self._values: dict[str, object] = {}
        self._state: dict[str, object] = {}
        with suppress(OSError, ValueError):
            stored = _object(json.loads(self.path.read_text(encoding="utf-8")))
            self._values = _object(stored.get("settings"))
            self._state = _object(stored.get("state"))

    def get(self, key: str) -> Value:
        """Return a setting's value."""
        setting = _BY_KEY[key]
        return setting.clean(self._values.get(key, setting.default))

    def text(self, key: str) -> str:
        """Return a setting that is a text."""
        return str(self.get(key))

    def number(self, key: str) -> float:
        """Return a setting that is a number."""
        return float(self.get(key))

    def flag(self, key: str) -> bool:
        """Return a setting that is on or off."""
        return bool(self.get(key))

    def set(self, key: str, value: Value) -> None:
        """Change a setting and store it."""
        setting = _BY_KEY[key]
        self._values[key] = setting.clean(value)
        if self._values[key] == setting.default:
            del self._values[key]
        self._save()

    def state(self, key: str, default: str = "") -> str:
        """Return a remembered piece of window state."""
        return str(self._state.get(key, default))

    def set_state(self, key: str, value: str) -> None:
        """Remember a piece of window state ("" forgets it)."""
        if value:
            self._state[key] = value
        else:
            self._state.pop(key, None)
        self._save()

    def _save(self) -> None:
        """Write through a temporary file; settings that cannot be kept are not worth a message."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps(
                {"settings": self._values, "state": self._state}, indent=1, sort_keys=True
            )
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self.path)


def _object(value: object) -> dict[str, object]:
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}  # type: ignore[misc]
