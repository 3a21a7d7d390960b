package io.plimsoll.cli.feeds;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.match.Freshness;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plimsoll feeds status}: what was imported, how old it is, and whether it can clear anything. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what was imported and how old it is; a feed that is not current finds but never clears.")
public final class FeedsStatusCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        table,
        json
    }

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "Where the index is kept.")
    private Path in = Path.of("");

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "Ages at this moment (default: now).")
    private @Nullable String asOf;

    @Option(names = "--format", paramLabel = "FORM", description = "table or json (default: table).")
    private Format format = Format.table;

    @Override
    public Integer call() throws IOException {
        Freshness freshness = Freshness.at(moment());
        try (FileChannel channel = FileChannel.open(new FeedStore(in).existing())) {
            AdvisoryIndex index = AdvisoryIndex.open(channel);
            System.out.print(
                    switch (format) {
                        case table -> table(index.feeds(), freshness);
                        case json -> json(index.feeds(), freshness);
                    });
        }
        return ExitCode.DONE;
    }

    private Instant moment() {
        try {
            return asOf == null ? Instant.now() : Instant.parse(asOf);
        } catch (DateTimeException e) {
            throw new UsageProblem("--as-of " + asOf + ": not an instant such as 2026-01-31T00:00:00Z");
        }
    }

    private static String table(List<FeedState> feeds, Freshness freshness) {
        StringBuilder table = new StringBuilder();
        table.append(String.format("%-24s %9s %9s %9s  %s%n", "FEED", "RECORDS", "MALFORMED", "AGE", "STATE"));
        for (FeedState feed : feeds) {
            String age = feed.age(freshness.asOf()).toDays() + "d";
            table.append(String.format(
                    "%-24s %9d %9d %9s  %s%n",
                    feed.name(),
                    feed.records(),
                    feed.malformed(),
                    age,
                    freshness.of(feed).slug()));
        }
        return table.toString();
    }

    private static String json(List<FeedState> feeds, Freshness freshness) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("feeds");
            for (FeedState feed : feeds) {
                json.writeStartObject();
                json.writeStringField("name", feed.name());
                json.writeStringField("kind", feed.kind().slug());
                json.writeStringField("state", freshness.of(feed).slug());
                json.writeNumberField("records", feed.records());
                json.writeNumberField("withdrawn", feed.withdrawn());
                json.writeNumberField("malformed", feed.malformed());
                json.writeBooleanField("complete", feed.complete());
                json.writeNumberField("ageSeconds", feed.age(freshness.asOf()).toSeconds());
                json.writeStringField("importedAt", feed.importedAt().toString());
                json.writeStringField("sha256", feed.digest());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + System.lineSeparator();
    }
}
