package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.AffectedVersions;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.version.VersionScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything said of a package, made ready, and kept for the next image: images are made of the same packages. When what
 * is kept grows over its bound all of it is let go. Any number of threads.
 */
final class Lookup {

    /** Entries kept, over all packages; about 1 KiB each. */
    static final long ENTRIES_MAX = 150_000;

    private record Key(Ecosystem ecosystem, String name) {}

    private final AdvisoryIndex index;
    private final Map<Key, List<Said>> kept = new ConcurrentHashMap<>();
    private final AtomicLong entries = new AtomicLong();

    Lookup(AdvisoryIndex index) {
        this.index = index;
    }

    /** One entry, made ready; its advisory is read when first asked for. */
    static final class Said {
        private final AdvisoryIndex index;
        private final long place;
        private final Affected affected;
        private final AffectedVersions versions;
        private volatile @Nullable Advisory advisory;

        private Said(AdvisoryIndex index, AdvisoryIndex.Entry entry, VersionScheme scheme) {
            this.index = index;
            this.place = entry.place();
            this.affected = entry.affected();
            this.versions = AffectedVersions.of(entry.affected(), scheme);
        }

        Affected affected() {
            return affected;
        }

        AffectedVersions versions() {
            return versions;
        }

        Advisory advisory() throws IOException {
            Advisory known = advisory;
            if (known == null) {
                // Two threads may both read it; they read the same.
                known = index.advisory(place);
                advisory = known;
            }
            return known;
        }
    }

    List<Said> of(Ecosystem ecosystem, String name, VersionScheme scheme) throws IOException {
        Key key = new Key(ecosystem, name);
        List<Said> known = kept.get(key);
        if (known != null) {
            return known;
        }
        List<Said> read = new ArrayList<>();
        for (AdvisoryIndex.Entry entry : index.entries(ecosystem, name)) {
            read.add(new Said(index, entry, scheme));
        }
        // A package nothing is said of costs a little too.
        if (entries.addAndGet(read.size() + 1L) > ENTRIES_MAX) {
            kept.clear();
            entries.set(read.size() + 1L);
        }
        kept.put(key, List.copyOf(read));
        return read;
    }
}
