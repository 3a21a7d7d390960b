package io.plimsoll.cli.feeds;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.advisory.index.MalformedIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll feeds import}: feeds, or an index made elsewhere, in the place of what was there. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Imports a folder of feeds, one feed, or a bundle; what was imported before is replaced in one step.",
            "A folder holds osv/<Ecosystem>/all.zip, kev/, epss/, csaf/ and kubernetes/, as far as there are any."
        },
        footer = {"", "Exit codes: 0 done, 1 nothing usable, 64 wrong usage, 70 internal fault"})
public final class FeedsImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR|FILE", description = "A folder of feeds, one feed's file, or a bundle.")
    private Path from = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where the index is kept.")
    private Path to = Path.of("");

    @Option(names = "--signature", paramLabel = "FILE", description = "A detached Ed25519 signature of FILE.")
    private @Nullable Path signature;

    @Option(names = "--key", paramLabel = "PEM", description = "The public key the signature must be by.")
    private @Nullable Path key;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(from)) {
            throw new UsageProblem(from + ": no such file or folder");
        }
        checkSignature();
        PrintStream out = System.out;
        FeedStore store = new FeedStore(to);
        if (Files.isRegularFile(from) && isIndex(from)) {
            store.take(from);
            out.println("Took over " + from + " into " + store.index());
            return ExitCode.DONE;
        }
        List<FeedLayout.Found> feeds = FeedLayout.find(from);
        if (feeds.isEmpty()) {
            System.err.println("plimsoll: no feed in " + from + "; see plimsoll feeds import --help for the layout");
            return ExitCode.NOTHING_USABLE;
        }
        FeedStore.Imported imported = store.replace(feeds, Instant.now());
        imported.problems().forEach(problem -> System.err.println("plimsoll: " + problem));
        out.printf(
                "%d feeds, %d advisories against %d packages, %d bytes in %s%n",
                feeds.size(),
                imported.summary().advisories(),
                imported.summary().packages(),
                imported.summary().bytes(),
                store.index());
        return ExitCode.DONE;
    }

    private void checkSignature() throws IOException {
        if (signature == null && key == null) {
            return;
        }
        if (signature == null || key == null || !Files.isRegularFile(from)) {
            throw new UsageProblem("--signature and --key go together, with a FILE");
        }
        FileSignature.require(from, signature, key);
    }

    private static boolean isIndex(Path file) throws IOException {
        if (file.toString().endsWith(".zip") || file.toString().endsWith(".json")) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            AdvisoryIndex.open(channel);
            return true;
        } catch (MalformedIndex e) {
            return false;
        }
    }
}
