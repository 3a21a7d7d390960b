package io.plimsoll.scanning.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of a tar archive by name, indexed in one pass over its headers and opened in place. Thread safe. */
public final class TarFolder implements Folder {

    private static final int LINKS_MAX = 8;

    private record Place(long offset, long size, String target) {}

    private final SeekableFile file;
    private final Map<String, Place> places;

    private TarFolder(SeekableFile file, Map<String, Place> places) {
        this.file = file;
        this.places = places;
    }

    /**
     * Indexes an archive that is not compressed.
     *
     * @throws MalformedImage when it is no tar, is compressed, or has more than {@link ImageLimits#entriesMax()} entries
     */
    public static TarFolder index(SeekableFile file, ImageLimits limits) throws IOException {
        Map<String, Place> places = new HashMap<>();
        try (InputStream in = file.openAt(0)) {
            TarReader tar = new TarReader(in, limits, complaint -> {});
            for (Optional<FileEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
                FileEntry entry = next.get();
                if (places.size() >= limits.entriesMax()) {
                    throw new MalformedImage("archive of more than " + limits.entriesMax() + " files");
                }
                switch (entry.kind()) {
                    case FILE -> places.put(entry.path(), new Place(tar.offset(), entry.size(), ""));
                    // Old docker-save wrote a layer that two images share once, and a link beside the other.
                    case SYMBOLIC_LINK ->
                        EntryPath.of(resolved(entry))
                                .ifPresent(target -> places.put(entry.path(), new Place(0, 0, target)));
                    case HARD_LINK -> places.put(entry.path(), new Place(0, 0, entry.target()));
                    case FOLDER, SPECIAL, SPARSE -> {}
                }
            }
        } catch (MalformedImage e) {
            // What is cut off at the end is missed when it is asked for, by name.
            if (places.isEmpty()) {
                throw e;
            }
        }
        return new TarFolder(file, places);
    }

    /** A relative target of a link, seen from the root; {@code ..} takes a part of the link's own folder away. */
    private static String resolved(FileEntry link) {
        String folder = EntryPath.parent(link.path());
        String target = link.target();
        while (target.startsWith("../") && !folder.isEmpty()) {
            folder = EntryPath.parent(folder);
            target = target.substring(3);
        }
        return target.startsWith("/") ? target : folder + "/" + target;
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        Optional<String> path = EntryPath.of(name);
        Place place = path.map(places::get).orElse(null);
        for (int links = 0; place != null && !place.target().isEmpty(); links++) {
            if (links == LINKS_MAX) {
                throw new MalformedImage("link cycle at " + Descriptor.shortened(name));
            }
            place = places.get(place.target());
        }
        return place == null ? Optional.empty() : Optional.of(new Section(file.openAt(place.offset()), place.size()));
    }

    /** The bytes of one entry. */
    private static final class Section extends FilterInputStream {
        private long left;

        Section(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int value = in.read();
            left = value < 0 ? 0 : left - 1;
            return value;
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, start, (int) Math.min(length, left));
            left = count < 0 ? 0 : left - count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }
    }
}
