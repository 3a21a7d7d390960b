package io.plimsoll.scanning.advisory.index;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.AdvisorySink;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.AffectedVersions;
import io.plimsoll.scanning.advisory.Cve;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.KnownExploited;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an index: hand it each feed's records, then the feed itself by {@link #feed}, at last {@link #finish()}. Of a record that comes in
 * several feeds the newest copy stands, and a withdrawn one removes the others. Memory is bounded by {@code
 * memoryBytesMax} and the directory's 16 bytes a package. One thread.
 */
public final class AdvisoryIndexWriter implements AdvisorySink {

    /** Bytes of entries held before they are laid aside. */
    public static final long MEMORY_BYTES_MAX = 64L << 20;

    /**
     * What was written.
     *
     * @param advisories records, copies included
     * @param packages distinct packages spoken of
     * @param entries pairs of package and advisory, copies and withdrawn ones taken out
     * @param bytes of the file
     */
    public record Summary(long advisories, long packages, long entries, long bytes) {}

    private final FileChannel target;
    private final SequentialOutput out;
    private final SortedEntries entries;
    private final CveTable exploited = new CveTable();
    private final CveTable likelihood = new CveTable();
    private final List<FeedState> feeds = new ArrayList<>();
    private long advisories;

    /**
     * @param target empty, at position 0
     * @param scratch empty, readable too; its content is of no use afterwards
     * @param memoryBytesMax see {@link #MEMORY_BYTES_MAX}
     */
    public AdvisoryIndexWriter(FileChannel target, FileChannel scratch, long memoryBytesMax) {
        this.target = target;
        this.out = new SequentialOutput(target);
        this.entries = new SortedEntries(scratch, memoryBytesMax);
    }

    @Override
    public void advisory(Advisory advisory) throws IOException {
        if (advisory.affected().isEmpty()) {
            return;
        }
        advisories++;
        long place = advisory.withdrawn() ? 0 : out.record(RecordCodec.advisory(advisory));
        long idHash = IndexFormat.hash(advisory.id());
        long modified = advisory.modified().map(Instant::getEpochSecond).orElse(0L);
        for (Affected affected : advisory.affected()) {
            List<String> versions = affected.ecosystem()
                    .scheme()
                    .map(scheme -> AffectedVersions.beyondRanges(affected, scheme))
                    .orElse(affected.versions());
            String key = IndexFormat.key(affected.ecosystem().toString(), affected.name());
            byte[] bytes = advisory.withdrawn() ? new byte[0] : RecordCodec.affected(affected, versions);
            entries.add(new Entry(
                    IndexFormat.hash(key), key, idHash, modified, feeds.size(), advisory.withdrawn(), place, bytes));
        }
    }

    @Override
    public void exploited(KnownExploited row) throws IOException {
        exploited.add(
                Cve.number(row.cve()).orElseThrow(),
                Math.toIntExact(row.added().toEpochDay()),
                row.ransomware() ? 1 : 0);
    }

    @Override
    public void likelihood(ExploitLikelihood row) throws IOException {
        likelihood.add(Cve.number(row.cve()).orElseThrow(), (int) Math.round(row.probability() * 1e6), (int)
                Math.round(row.percentile() * 1e6));
    }

    /** The feed whose records were handed over since the last one. */
    public void feed(FeedState state) {
        feeds.add(state);
    }

    /** Writes the rest and forces it to the disk. */
    public Summary finish() throws IOException {
        Directory directory = new Directory();
        long written = packages(directory);
        long directoryAt = out.position();
        directory.write(out);
        long exploitedAt = out.position();
        out.bytes(exploited.encode());
        long likelihoodAt = out.position();
        out.bytes(likelihood.encode());
        long feedsAt = out.position();
        Encoder states = new Encoder().number(feeds.size());
        feeds.forEach(feed -> RecordCodec.feed(feed, states));
        out.bytes(states.toBytes());
        long end = out.position();
        out.bytes(new Encoder()
                .fixed(directoryAt)
                .fixed(exploitedAt)
                .fixed(likelihoodAt)
                .fixed(feedsAt)
                .fixed(end)
                .fixed(advisories)
                .fixed(directory.size())
                .fixed(written)
                .fixed(out.checksum())
                .fixed(IndexFormat.VERSION)
                .fixed(IndexFormat.MAGIC)
                .toBytes());
        out.flush();
        target.force(true);
        return new Summary(advisories, directory.size(), written, out.position());
    }

    private long packages(Directory directory) throws IOException {
        SortedEntries.Merge merge = entries.merged();
        @Nullable PackageRecord current = null;
        @Nullable Entry standing = null;
        long written = 0;
        while (merge.hasNext()) {
            Entry entry = merge.next();
            if (standing == null || !entry.isCopyOf(standing)) {
                standing = entry;
            } else if (entry.modified() != standing.modified() || entry.feed() != standing.feed()) {
                continue;
            }
            if (entry.withdrawn()) {
                continue;
            }
            if (current == null || !current.key().equals(entry.key())) {
                write(current, directory);
                current = new PackageRecord(entry.keyHash(), entry.key(), new Encoder().text(entry.key()));
            }
            current.bytes()
                    .number(entry.place())
                    .number(entry.affected().length)
                    .raw(entry.affected());
            written++;
        }
        write(current, directory);
        return written;
    }

    private record PackageRecord(long hash, String key, Encoder bytes) {}

    private void write(@Nullable PackageRecord record, Directory directory) throws IOException {
        if (record != null) {
            directory.add(record.hash(), out.record(record.bytes().toBytes()));
        }
    }
}
