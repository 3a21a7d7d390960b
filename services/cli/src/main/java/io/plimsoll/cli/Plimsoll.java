package io.plimsoll.cli;

import io.plimsoll.cli.assess.AssessCommand;
import io.plimsoll.cli.audit.AuditCommand;
import io.plimsoll.cli.feeds.FeedsCommand;
import io.plimsoll.cli.guardrails.GuardrailsCommand;
import io.plimsoll.cli.network.BlastRadiusCommand;
import io.plimsoll.cli.network.ConnectionsCommand;
import io.plimsoll.cli.network.DiffCommand;
import io.plimsoll.cli.network.PathsCommand;
import io.plimsoll.cli.network.PoliciesCommand;
import io.plimsoll.cli.network.ProbeCommand;
import io.plimsoll.cli.network.SuggestCommand;
import io.plimsoll.cli.scan.ScanCommand;
import io.plimsoll.cli.up.DownCommand;
import io.plimsoll.cli.up.RebuildCommand;
import io.plimsoll.cli.up.StatusCommand;
import io.plimsoll.cli.up.UpCommand;
import io.plimsoll.cli.up.WarmCommand;
import java.io.IOException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code plimsoll}. */
@Command(
        name = "plimsoll",
        description = "At which stage of the Container Security Maturity Model do you stand?",
        mixinStandardHelpOptions = true,
        version = "plimsoll 0.1.0",
        subcommands = {
            AssessCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            RebuildCommand.class,
            WarmCommand.class,
            GuardrailsCommand.class,
            AuditCommand.class,
            ConnectionsCommand.class,
            DiffCommand.class,
            BlastRadiusCommand.class,
            PathsCommand.class,
            PoliciesCommand.class,
            ProbeCommand.class,
            SuggestCommand.class,
            ScanCommand.class,
            FeedsCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class Plimsoll {

    private Plimsoll() {}

    public static void main(String[] args) {
        int code;
        try {
            code = run(args);
        } catch (OutOfMemoryError | StackOverflowError e) {
            System.err.println("plimsoll: the input does not fit in memory ("
                    + e.getClass().getSimpleName()
                    + "); assess it in parts, or give the JVM more by JAVA_TOOL_OPTIONS=-Xmx...");
            code = ExitCode.INTERNAL;
        }
        System.exit(code);
    }

    /** Runs one command line and returns its exit code, see {@link ExitCode}. */
    public static int run(String... args) {
        CommandLine line = new CommandLine(new Plimsoll());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (readerGone(failure)) {
                return ExitCode.READER_GONE;
            }
            command.getErr().println("plimsoll: " + describe(failure));
            return failure instanceof UsageProblem ? ExitCode.USAGE : ExitCode.INTERNAL;
        });
        line.setParameterExceptionHandler((problem, given) -> {
            CommandLine command = problem.getCommandLine();
            command.getErr().println("plimsoll: " + problem.getMessage());
            command.getErr().println("Try 'plimsoll " + command.getCommandName() + " --help'.");
            return ExitCode.USAGE;
        });
        if (args.length == 0) {
            line.usage(System.err);
            return ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** {@code plimsoll ... | head}: nothing went wrong and nobody listens. The platform tells it by a message only. */
    private static boolean readerGone(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof IOException && "Broken pipe".equals(each.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
