package io.plimsoll.cli.feeds;

import io.plimsoll.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plimsoll feeds bundle}: all feeds as one file with its checksum inside, to be carried and imported elsewhere. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Writes all imported feeds to one file; on the other side: plimsoll feeds import FILE --to DIR.")
public final class FeedsBundleCommand implements Callable<Integer> {

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "Where the index is kept.")
    private Path from = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The bundle; an older one is replaced.")
    private Path output = Path.of("");

    @Override
    public Integer call() throws IOException {
        Path index = new FeedStore(from).existing();
        FeedStore.verify(index);
        Path unfinished = output.resolveSibling(output.getFileName() + ".part");
        try {
            Files.copy(index, unfinished, StandardCopyOption.REPLACE_EXISTING);
            FeedStore.verify(unfinished);
            Files.move(unfinished, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        System.out.println(output + ": " + Files.size(output) + " bytes");
        return ExitCode.DONE;
    }
}
