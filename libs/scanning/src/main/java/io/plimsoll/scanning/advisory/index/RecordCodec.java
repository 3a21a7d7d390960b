package io.plimsoll.scanning.advisory.index;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bytes of each value in an index. A change here is a new {@link IndexFormat#VERSION}. */
final class RecordCodec {
    private static final Severity[] SEVERITIES = Severity.values();
    private static final Standing[] STANDINGS = Standing.values();
    private static final VersionRange.Kind[] KINDS = VersionRange.Kind.values();
    private static final VersionRange.Turn[] TURNS = VersionRange.Turn.values();
    private static final FeedState.Kind[] FEEDS = FeedState.Kind.values();

    private RecordCodec() {}

    /** Without whom it concerns: that is kept by package. */
    static byte[] advisory(Advisory advisory) {
        return new Encoder()
                .text(advisory.id())
                .texts(advisory.aliases())
                .texts(advisory.upstream())
                .text(advisory.summary())
                .octet(advisory.severity()
                        .map(severity -> severity.ordinal() + 1)
                        .orElse(0))
                .octet(advisory.score() + 1)
                .text(advisory.vector())
                .number(advisory.modified().map(Instant::getEpochSecond).orElse(0L))
                .toBytes();
    }

    static Advisory advisory(byte[] bytes) throws MalformedIndex {
        Decoder in = new Decoder(bytes);
        String id = in.text();
        List<String> aliases = in.texts();
        List<String> upstream = in.texts();
        String summary = in.text();
        int severity = in.octet();
        int score = in.octet() - 1;
        String vector = in.text();
        long modified = in.number();
        return new Advisory(
                id,
                aliases,
                upstream,
                summary,
                severity == 0 ? Optional.empty() : Optional.of(of(SEVERITIES, severity - 1)),
                score,
                vector,
                modified == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(modified)),
                false,
                List.of());
    }

    /** Without the package, which is the key. */
    static byte[] affected(Affected affected, List<String> versions) {
        Encoder out = new Encoder()
                .octet(affected.standing().ordinal())
                .text(affected.module())
                .number(affected.ranges().size());
        for (VersionRange range : affected.ranges()) {
            out.octet(range.kind().ordinal()).number(range.events().size());
            for (VersionRange.Event event : range.events()) {
                out.octet(event.turn().ordinal()).text(event.version());
            }
        }
        return out.texts(versions).toBytes();
    }

    static Affected affected(Ecosystem ecosystem, String name, byte[] bytes) throws MalformedIndex {
        Decoder in = new Decoder(bytes);
        Standing standing = of(STANDINGS, in.octet());
        String module = in.text();
        List<VersionRange> ranges = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            VersionRange.Kind kind = of(KINDS, in.octet());
            List<VersionRange.Event> events = new ArrayList<>();
            for (int more = in.count(); more > 0; more--) {
                events.add(new VersionRange.Event(of(TURNS, in.octet()), in.text()));
            }
            ranges.add(new VersionRange(kind, events));
        }
        return new Affected(ecosystem, name, standing, ranges, in.texts(), module);
    }

    static void feed(FeedState feed, Encoder out) {
        out.text(feed.name())
                .octet(feed.kind().ordinal())
                .text(feed.digest())
                .number(feed.records())
                .number(feed.withdrawn())
                .number(feed.malformed())
                .octet(feed.complete() ? 1 : 0)
                .number(feed.newest().map(Instant::getEpochSecond).orElse(0L))
                .number(feed.importedAt().getEpochSecond())
                .number(feed.affected().size());
        feed.affected().forEach((ecosystem, entries) -> out.text(ecosystem).number(entries));
    }

    static FeedState feed(Decoder in) throws MalformedIndex {
        String name = in.text();
        FeedState.Kind kind = of(FEEDS, in.octet());
        String digest = in.text();
        long records = in.number();
        long withdrawn = in.number();
        long malformed = in.number();
        boolean complete = in.octet() == 1;
        long newest = in.number();
        Instant importedAt = Instant.ofEpochSecond(in.number());
        Map<String, Long> affected = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            affected.put(in.text(), in.number());
        }
        return new FeedState(
                name,
                kind,
                digest,
                records,
                withdrawn,
                malformed,
                complete,
                newest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(newest)),
                importedAt,
                affected);
    }

    private static <T> T of(T[] values, int ordinal) throws MalformedIndex {
        if (ordinal < 0 || ordinal >= values.length) {
            throw new MalformedIndex("a code of " + ordinal + " where " + values.length + " are known");
        }
        return values[ordinal];
    }
}
