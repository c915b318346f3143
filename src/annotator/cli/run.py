"""Find the command, run it, and turn whatever happens into a sentence and an exit code."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

import annotator
from annotator.cli.codes import Exit
from annotator.cli.kit import Commands, option
from annotator.cli.output import data, phrase, safe, say, warn
from annotator.i18n import explain, has, set_language
from annotator.model.errors import AnnotatorError, BugError, DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = "annotator.cli."

#: Every command, in the order of the overview: a line here is all that a new one needs.
GROUPS: dict[str, dict[str, str]] = {
    "project": {
        "import": f"{_HERE}import_articles",
        "import-annotations": f"{_HERE}import_annotations",
        "list": f"{_HERE}list_articles",
        "show": f"{_HERE}show",
        "duplicates": f"{_HERE}duplicates",
        "check": f"{_HERE}check",
        "restore": f"{_HERE}restore",
        "salvage": f"{_HERE}salvage",
        "undo": f"{_HERE}undo",
        "redo": f"{_HERE}redo",
        "demo": f"{_HERE}demo",
    },
    "out": {
        "export": f"{_HERE}export",
        "audit": f"{_HERE}audit",
        "worksheet": f"{_HERE}worksheet",
        "graph": f"{_HERE}graph",
        "screenshot": f"{_HERE}screenshot",
    },
    "text": {
        "text": f"{_HERE}text",
        "suggest": f"{_HERE}suggest",
        "learn": f"{_HERE}learn",
        "evaluate": f"{_HERE}evaluate",
        "packs": f"{_HERE}packs",
    },
}


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; nothing is raised but a broken pipe."""
    as_json = "--json" in arguments
    set_language(_language(arguments))
    try:
        result = _overview().main(
            args=list(arguments), prog_name="annotator-cli", standalone_mode=False
        )
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        return _fail("usage", _usage(error), Exit.USAGE, as_json=as_json)
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", phrase("stopped"), Exit.STOPPED, as_json=as_json)
    except BugError as error:
        return _fail(error.message_id, explain(error), Exit.BUG, as_json=as_json)
    except AnnotatorError as error:
        code = Exit.DAMAGED if isinstance(error, DataError) else Exit.CANNOT
        return _fail(error.message_id, explain(error), code, as_json=as_json)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the outermost boundary: never a traceback
        return _fail("bug", _bug(error), Exit.BUG, as_json=as_json)
    return result if isinstance(result, int) else Exit.DONE


def _overview() -> Commands:
    params = [
        option("--lang", key="lang", type=click.Choice(["en", "fr"]), expose_value=False),
        click.Option(
            ["--version", "-V"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=phrase("option.version"),
        ),
    ]
    return Commands(GROUPS, name="annotator-cli", params=list(params), no_args_is_help=True)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        say(f"annotator-cli {annotator.__version__}")
        ctx.exit()


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for before the command's name, else that of the system."""
    for number, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if not word.startswith("-"):
            break
    return os.environ.get("ANNOTATOR_LANG", "system")


def _fail(error_id: str, words: str, code: Exit, *, as_json: bool) -> int:
    warn(words)
    if as_json:
        data({"error": {"id": error_id, "message": safe(words)}})
    return code


def _usage(error: click.UsageError) -> str:
    """Put what click complains about into our words."""
    path = error.ctx.command_path if error.ctx is not None else "annotator-cli"
    words = _complaint(error)
    return f"{words} {phrase('usage.help', command=path)}"


def _complaint(error: click.UsageError) -> str:
    name = ""
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = _name_of(error.param)
    if isinstance(error, click.MissingParameter):
        return phrase("usage.missing", name=name)
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param is not None else None
        if isinstance(kind, click.Choice):
            return phrase("usage.choice", name=name, known=", ".join(map(str, kind.choices)))
        return phrase("usage.value", name=name)
    if isinstance(error, click.NoSuchOption):
        return phrase("usage.no_option", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return phrase("usage.value", name=error.option_name)
    if type(error).__name__ == "NoSuchCommand" or error.message.startswith("No such command"):
        known = ", ".join(name for group in GROUPS.values() for name in group)
        return phrase("usage.no_command", known=known)
    if has(f"cli.usage.{error.message}"):
        return phrase(f"usage.{error.message}")
    return phrase("usage.other")


def _name_of(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(click.Context(click.Command("")))


def _bug(error: Exception) -> str:
    """Say where the program failed, without a word of what it was working on."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = f"{Path(last.filename).name}:{last.lineno}" if last is not None else "?"
    if os.environ.get("ANNOTATOR_DEBUG"):
        traceback.print_exception(error)
    return phrase("bug", kind=type(error).__name__, place=place)
