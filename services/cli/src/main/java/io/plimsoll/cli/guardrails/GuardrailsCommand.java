package io.plimsoll.cli.guardrails;

import picocli.CommandLine.Command;

/** {@code plimsoll guardrails}. */
@Command(
        name = "guardrails",
        mixinStandardHelpOptions = true,
        description = "Controls as admission policies, and what admission policies do.",
        subcommands = {ExportCommand.class, EffectsCommand.class})
public final class GuardrailsCommand {}
