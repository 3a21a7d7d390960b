package io.plimsoll.scanning.advisory.index;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Cve;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.KnownExploited;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * An index opened for reading. Holds in memory the directory (16 bytes a package) and the tables by CVE; everything else is
 * read when asked for. Any number of threads; the channel stays the caller's.
 */
public final class AdvisoryIndex {

    /** @param place where its advisory is, see {@link #advisory} */
    public record Entry(Affected affected, long place) {}

    private static final int HEAD_BYTES = 4_096;

    /** The file's bytes; an index without a file has none. */
    private interface Content {
        byte[] bytes(long from, long length) throws IOException;
    }

    private final Content content;
    private final Directory directory;
    private final CveTable exploited;
    private final CveTable likelihood;
    private final List<FeedState> feeds;
    private final IndexFooter footer;

    private AdvisoryIndex(
            Content content,
            IndexFooter footer,
            Directory directory,
            CveTable exploited,
            CveTable likelihood,
            List<FeedState> feeds) {
        this.content = content;
        this.footer = footer;
        this.directory = directory;
        this.exploited = exploited;
        this.likelihood = likelihood;
        this.feeds = List.copyOf(feeds);
    }

    /** An index of nothing, without a file: whatever is asked, no feed speaks of it. */
    public static AdvisoryIndex none() {
        return new AdvisoryIndex(
                (from, length) -> {
                    throw new MalformedIndex("an index of nothing has no records");
                },
                new IndexFooter(0, 0, 0, 0, 0, 0, 0, 0, 0),
                new Directory(),
                new CveTable(),
                new CveTable(),
                List.of());
    }

    /** @throws MalformedIndex when it is no index of this version, or cut off */
    public static AdvisoryIndex open(FileChannel channel) throws IOException {
        IndexFooter footer = IndexFooter.read(channel);
        byte[] states = bytes(channel, footer.feedsAt(), footer.end() - footer.feedsAt());
        Decoder in = new Decoder(states);
        List<FeedState> feeds = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            feeds.add(RecordCodec.feed(in));
        }
        return new AdvisoryIndex(
                (from, length) -> bytes(channel, from, length),
                footer,
                Directory.decode(bytes(channel, footer.directoryAt(), footer.exploitedAt() - footer.directoryAt())),
                CveTable.decode(bytes(channel, footer.exploitedAt(), footer.likelihoodAt() - footer.exploitedAt())),
                CveTable.decode(bytes(channel, footer.likelihoodAt(), footer.feedsAt() - footer.likelihoodAt())),
                feeds);
    }

    /** What each feed was, in order of import. */
    public List<FeedState> feeds() {
        return feeds;
    }

    public long advisories() {
        return footer.advisories();
    }

    public long packages() {
        return footer.packages();
    }

    public long entries() {
        return footer.entries();
    }

    /** Everything said of a package, in a stable order; empty when nothing is. */
    public List<Entry> entries(Ecosystem ecosystem, String name) throws IOException {
        String key = IndexFormat.key(ecosystem.toString(), ecosystem.canonicalName(name));
        long hash = IndexFormat.hash(key);
        for (int row = directory.first(hash); row < directory.size() && directory.hash(row) == hash; row++) {
            Decoder in = new Decoder(record(directory.place(row)));
            if (!in.text().equals(key)) {
                continue;
            }
            List<Entry> entries = new ArrayList<>();
            while (!in.atEnd()) {
                long place = in.number();
                byte[] affected = in.raw(Math.toIntExact(in.number()));
                entries.add(new Entry(RecordCodec.affected(ecosystem, ecosystem.canonicalName(name), affected), place));
            }
            return entries;
        }
        return List.of();
    }

    /** The advisory of an entry, without whom else it concerns. */
    public Advisory advisory(long place) throws IOException {
        return RecordCodec.advisory(record(place));
    }

    /** CISA's row of a CVE. */
    public Optional<KnownExploited> exploited(String cve) {
        OptionalInt row = row(exploited, cve);
        return row.isEmpty()
                ? Optional.empty()
                : Optional.of(new KnownExploited(
                        cve,
                        LocalDate.ofEpochDay(exploited.first(row.getAsInt())),
                        exploited.second(row.getAsInt()) == 1));
    }

    /** The EPSS row of a CVE. */
    public Optional<ExploitLikelihood> likelihood(String cve) {
        OptionalInt row = row(likelihood, cve);
        return row.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExploitLikelihood(
                        cve, likelihood.first(row.getAsInt()) / 1e6, likelihood.second(row.getAsInt()) / 1e6));
    }

    private static OptionalInt row(CveTable table, String cve) {
        var number = Cve.number(cve);
        return number.isEmpty() ? OptionalInt.empty() : table.find(number.getAsLong());
    }

    /**
     * Reads the whole file and compares its checksum.
     *
     * @throws MalformedIndex when it was changed or damaged since it was written
     */
    public void verify() throws IOException {
        CRC32C checksum = new CRC32C();
        for (long at = 0; at < footer.end(); at += 1 << 20) {
            byte[] piece = content.bytes(at, Math.min(1 << 20, footer.end() - at));
            checksum.update(piece, 0, piece.length);
        }
        if (checksum.getValue() != footer.checksum()) {
            throw new MalformedIndex("damaged: the checksum is not the one written");
        }
    }

    /** A record with its length in front; most are short, so that one read gets both. */
    private byte[] record(long place) throws IOException {
        if (place < 0 || place >= footer.directoryAt()) {
            throw new MalformedIndex("a place outside of the records: " + place);
        }
        byte[] head = content.bytes(place, Math.min(HEAD_BYTES, footer.directoryAt() - place));
        Decoder in = new Decoder(head);
        long length = in.number();
        if (length < 0 || length > Math.min(IndexFormat.RECORD_BYTES_MAX, footer.directoryAt() - place)) {
            throw new MalformedIndex("a record of " + length + " bytes at " + place);
        }
        int headed = new Encoder().number(length).size();
        return length <= head.length - headed ? in.raw((int) length) : content.bytes(place + headed, length);
    }

    static byte[] bytes(FileChannel channel, long from, long length) throws IOException {
        if (from < 0 || length < 0 || length > Integer.MAX_VALUE - 8) {
            throw new MalformedIndex("a section of " + length + " bytes at " + from);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new MalformedIndex("cut off: " + length + " bytes expected at " + from);
            }
        }
        return buffer.array();
    }
}
