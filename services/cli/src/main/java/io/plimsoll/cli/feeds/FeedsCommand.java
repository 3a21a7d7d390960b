package io.plimsoll.cli.feeds;

import picocli.CommandLine.Command;

/** {@code plimsoll feeds}: what images are matched against. */
@Command(
        name = "feeds",
        mixinStandardHelpOptions = true,
        description = "Imports advisory feeds, says how old they are, carries them over an air gap.",
        subcommands = {FeedsImportCommand.class, FeedsBundleCommand.class, FeedsStatusCommand.class})
public final class FeedsCommand {}
