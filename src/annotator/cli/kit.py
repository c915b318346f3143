"""What every command is made of: words from the catalogue, help with examples, commands on demand.

A command's module has ``build() -> click.Command``. It is imported when the command is called; the
overview knows the others by name only, so that ``--help`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.output import phrase
from annotator.i18n import has

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Command(click.Command):
    """Be a command whose help comes from the catalogue: ``cli.<name>``, ``cli.<name>.examples``."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, what it does, its arguments and options, examples."""
        name = self.name or ""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=phrase("help.usage") + " ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(phrase(f"{name}.help"))
        arguments = [
            (p.make_metavar(ctx), phrase(f"argument.{p.name}"))
            for p in self.get_params(ctx)
            if isinstance(p, click.Argument)
        ]
        options = [
            record
            for p in self.get_params(ctx)
            if isinstance(p, click.Option) and (record := p.get_help_record(ctx)) is not None
        ]
        _section(formatter, "arguments", arguments)
        _section(formatter, "options", options)
        _examples(formatter, name)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its words in the language in use."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = phrase("option.help")
        return option


def _section(formatter: click.HelpFormatter, key: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        formatter.write_paragraph()
        formatter.write(f"{phrase(f'help.{key}')}\n")
        with formatter.indentation():
            formatter.write_dl([(left, _translated(right)) for left, right in rows])


def _translated(words: str) -> str:
    """Put the notes that click adds to an option's help into the language in use."""
    return words.replace("[required]", phrase("help.required")).replace(
        "[default: ", phrase("help.default")
    )


def _examples(formatter: click.HelpFormatter, name: str) -> None:
    if not has(f"cli.{name}.examples"):
        return
    formatter.write_paragraph()
    formatter.write(f"{phrase('help.title.examples')}\n")
    with formatter.indentation():
        for line in phrase(f"{name}.examples").splitlines():
            formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Commands(click.Group):
    """Be the overview; import a command's module when it is called."""

    def __init__(self, groups: Mapping[str, Mapping[str, str]], **how: Any) -> None:
        super().__init__(**how)
        self._groups = groups
        self._modules = {
            name: module for group in groups.values() for name, module in group.items()
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name."""
        del ctx
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and build a command."""
        del ctx
        module = self._modules.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).build()
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing a command."""
        formatter.write_usage(
            ctx.command_path, phrase("help.arguments_of_all"), prefix=phrase("help.usage") + " "
        )
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(phrase("help.about"))
        for key, group in self._groups.items():
            _section(formatter, f"group.{key}", [(n, phrase(f"{n}.short")) for n in group])
        options = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx)) is not None]
        _section(formatter, "options", options)
        _examples(formatter, "help")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(phrase("help.more"))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its words in the language in use."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = phrase("option.help")
        return option


def command(
    name: str, callback: Callable[..., int | None], *params: click.Parameter
) -> click.Command:
    """Make a command."""
    return Command(name, callback=callback, params=list(params))


def argument(name: str, **how: Any) -> click.Argument:
    """Make an argument; its help is ``cli.argument.<name>``."""
    return click.Argument([name], metavar=how.pop("metavar", name.upper()), **how)


def option(*names: str, key: str, **how: Any) -> click.Option:
    """Make an option; its help is ``cli.option.<key>``."""
    return click.Option(list(names), help=phrase(f"option.{key}"), **how)


def project_argument() -> click.Argument:
    """Make the argument that every command on a project begins with."""
    return argument("project")


def json_option(key: str = "json") -> click.Option:
    """Make ``--json``."""
    return option("--json", "as_json", key=key, is_flag=True)


def language_option(key: str = "lang") -> click.Option:
    """Make ``--lang``."""
    return option("--lang", key=key, type=click.Choice(["en", "fr"]))
