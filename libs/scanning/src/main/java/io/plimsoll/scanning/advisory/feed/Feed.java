package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.AdvisorySink;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.KnownExploited;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One feed being read: hand it the feed's files in order, then {@link #end()}. What is malformed is counted and named, and
 * the rest goes to the sink; a truncated or over-long feed is marked incomplete. One thread.
 */
public final class Feed {
    private final String name;
    private final FeedState.Kind kind;
    private final AdvisorySink sink;
    private final Instant importedAt;
    private final FeedLimits limits;
    private final MessageDigest digest = sha256();
    private final List<FeedProblem> problems = new ArrayList<>();
    private final Map<String, Long> affected = new TreeMap<>();
    private long records;
    private long withdrawn;
    private long malformed;
    private long bytes;
    private boolean complete = true;
    private @Nullable Instant newest;

    /**
     * @param name unique in an index, see {@link FeedState#name()}
     * @param importedAt the time of the import; dates in the data after it are not believed
     */
    public Feed(String name, FeedState.Kind kind, AdvisorySink sink, Instant importedAt, FeedLimits limits) {
        this.name = name;
        this.kind = kind;
        this.sink = sink;
        this.importedAt = importedAt;
        this.limits = limits;
    }

    /**
     * Reads a zip of records, as OSV publishes each ecosystem. Does not close the stream.
     *
     * @throws IOException when the sink or the stream fails; a damaged archive only makes the feed incomplete
     */
    public void archive(String place, InputStream in) throws IOException {
        DigestingStream digesting = new DigestingStream(in, digest);
        InputStream buffered = new BufferedInputStream(digesting, 1 << 16);
        ZipInputStream zip = new ZipInputStream(buffered);
        try {
            for (ZipEntry member = zip.getNextEntry(); member != null; member = zip.getNextEntry()) {
                if (!member.isDirectory() && isRecordName(member.getName()) && !record(place, member.getName(), zip)) {
                    return;
                }
            }
            // The rest of the file is the zip's own directory; it belongs to the digest.
            buffered.transferTo(OutputStream.nullOutputStream());
            if (!digesting.endsLikeAZip()) {
                incomplete(place, "the archive has no end: it was cut off");
            }
        } catch (ZipException | EOFException e) {
            incomplete(place, "damaged archive: " + e.getMessage());
        }
        if (records + malformed == 0) {
            incomplete(place, "not a zip with records in it");
        }
    }

    private boolean isRecordName(String member) {
        return switch (kind) {
            case OSV, CSAF, KNOWN_EXPLOITED -> member.endsWith(".json");
            case KUBERNETES -> member.endsWith(".json") || member.endsWith(".yaml") || member.endsWith(".yml");
            case EXPLOIT_LIKELIHOOD -> member.endsWith(".csv");
        };
    }

    /**
     * Reads one file: a record, a catalogue or a table by the feed's kind; a table may be gzipped. Does not close the stream.
     *
     * @throws IOException when the sink or the stream fails; a malformed file is counted
     */
    public void file(String place, InputStream in) throws IOException {
        InputStream digesting = new BufferedInputStream(new DigestingStream(in, digest), 1 << 16);
        if (kind == FeedState.Kind.EXPLOIT_LIKELIHOOD) {
            table(place, digesting);
        } else {
            record("", place, digesting);
        }
    }

    private void table(String place, InputStream in) throws IOException {
        in.mark(2);
        boolean gzipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        try {
            LikelihoodTable.read(
                    new BoundedStream(gzipped ? new GZIPInputStream(in, 1 << 16) : in, limits.bytesMax()), place, this);
        } catch (MalformedDocument | ZipException | EOFException e) {
            incomplete(place, String.valueOf(e.getMessage()));
        }
    }

    /** Whether to go on. */
    private boolean record(String archive, String member, InputStream in) throws IOException {
        String place = archive.isEmpty() ? member : archive + "!/" + member;
        if (records + malformed >= limits.recordsMax()) {
            incomplete(place, "more than " + limits.recordsMax() + " records");
            return false;
        }
        byte[] content = in.readNBytes(limits.recordBytesMax() + 1);
        bytes += content.length;
        if (bytes > limits.bytesMax()) {
            incomplete(place, "more than " + limits.bytesMax() + " bytes in all");
            return false;
        }
        if (content.length > limits.recordBytesMax()) {
            malformed(place, "longer than " + limits.recordBytesMax() + " bytes");
            return true;
        }
        try {
            read(place, new ByteArrayInputStream(content));
        } catch (MalformedDocument | IllegalArgumentException e) {
            malformed(place, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void read(String place, InputStream content) throws IOException {
        boolean yaml = place.endsWith(".yaml") || place.endsWith(".yml");
        switch (kind) {
            case OSV -> advisory(OsvRecord.read(Documents.json(content), limits));
            case CSAF -> {
                for (Advisory advisory : CsafRecord.read(Documents.json(content), limits)) {
                    advisory(advisory);
                }
            }
            case KUBERNETES ->
                advisory(
                        yaml
                                ? KubernetesRecord.read(last(place, Documents.yaml(content)))
                                : OsvRecord.read(Documents.json(content), limits));
            case KNOWN_EXPLOITED -> KnownExploitedCatalogue.read(Documents.json(content), place, this);
            case EXPLOIT_LIKELIHOOD -> LikelihoodTable.read(content, place, this);
        }
    }

    /** A record is one document; what stands before the last is front matter. */
    private static Node last(String place, List<Node> documents) throws IOException {
        if (documents.isEmpty()) {
            throw new IOException(place + " holds no record");
        }
        return documents.getLast();
    }

    private void advisory(Advisory advisory) throws IOException {
        records++;
        if (advisory.withdrawn()) {
            withdrawn++;
        } else {
            for (Affected one : advisory.affected()) {
                affected.merge(one.ecosystem().toString(), 1L, Long::sum);
            }
        }
        advisory.modified().ifPresent(this::dated);
        sink.advisory(advisory);
    }

    void exploited(KnownExploited row) throws IOException {
        records++;
        sink.exploited(row);
    }

    void likelihood(ExploitLikelihood row) throws IOException {
        if (records >= limits.recordsMax()) {
            throw new MalformedDocument("more than " + limits.recordsMax() + " rows");
        }
        records++;
        sink.likelihood(row);
    }

    void dated(Instant date) {
        if (!date.isAfter(importedAt) && (newest == null || date.isAfter(newest))) {
            newest = date;
        }
    }

    void malformed(String place, String message) {
        malformed++;
        note(place, message);
    }

    private void incomplete(String place, String message) {
        complete = false;
        note(place, message);
    }

    private void note(String place, String message) {
        if (problems.size() < limits.problemsMax()) {
            problems.add(new FeedProblem(name, place, message));
        }
    }

    /** What came of it; nothing is read after. */
    public FeedState end() {
        return new FeedState(
                name,
                kind,
                HexFormat.of().formatHex(digest.digest()),
                records,
                withdrawn,
                malformed,
                complete,
                Optional.ofNullable(newest),
                importedAt,
                affected);
    }

    /** The first {@link FeedLimits#problemsMax()} of what could not be read, in the order met. */
    public List<FeedProblem> problems() {
        return List.copyOf(problems);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
