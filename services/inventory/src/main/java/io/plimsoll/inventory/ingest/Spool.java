package io.plimsoll.inventory.ingest;

import io.plimsoll.inventory.flow.FileName;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one upload on disk, one after another in one file of ours: names given by others never become paths. Bounded in bytes, files
 * and the length of names. One thread.
 */
public final class Spool implements AutoCloseable {

    private static final String PREFIX = "upload-";

    /**
     * How much one upload may be.
     *
     * @param bytesMax of all files
     * @param filesMax how many files
     * @param chunkBytesMax of one message
     */
    public record Bounds(long bytesMax, int filesMax, int chunkBytesMax) {

        public static final Bounds DEFAULTS = new Bounds(64L << 20, 20_000, 1 << 20);
    }

    private record Part(String name, long from, long length) {}

    /** Takes one file. */
    public interface Reader {
        void file(String name, InputStream content) throws IOException;
    }

    private final Path file;
    private final Bounds bounds;
    private final OutputStream out;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private @Nullable String open;
    private long openFrom;
    private long written;

    private Spool(Path file, Bounds bounds, OutputStream out) {
        this.file = file;
        this.bounds = bounds;
        this.out = out;
    }

    /** @param folder created where it is absent */
    public static Spool open(Path folder, Bounds bounds) {
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, PREFIX, ".spool");
            return new Spool(file, bounds, new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** Removes what uploads left behind that ended with the process. */
    public static void sweep(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*.spool")) {
            for (Path each : left) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a piece; a new file begins when the name changes.
     *
     * @throws ProblemException over a bound, or for a name that cannot be
     */
    public void add(String name, byte[] content) {
        if (!name.equals(open)) {
            begin(FileName.checked(name));
        }
        if (content.length > bounds.chunkBytesMax()) {
            throw new ProblemException(Problem.TOO_LARGE, "a chunk of " + content.length + " bytes")
                    .at(name)
                    .over(bounds.chunkBytesMax() + " bytes");
        }
        if (written + content.length > bounds.bytesMax()) {
            throw new ProblemException(Problem.TOO_LARGE, "the upload is larger than " + bounds.bytesMax() + " bytes")
                    .at(name)
                    .over(bounds.bytesMax() + " bytes");
        }
        try {
            out.write(content);
            written += content.length;
        } catch (IOException e) {
            throw full(e);
        }
    }

    private void begin(String name) {
        end();
        if (!names.add(name)) {
            throw new ProblemException(Problem.MALFORMED, "the file " + name + " is sent twice").at(name);
        }
        if (names.size() > bounds.filesMax()) {
            throw new ProblemException(Problem.TOO_LARGE, "the upload has more than " + bounds.filesMax() + " files")
                    .at(name)
                    .over(bounds.filesMax() + " files");
        }
        open = name;
        openFrom = written;
    }

    private void end() {
        if (open != null) {
            parts.add(new Part(open, openFrom, written - openFrom));
            open = null;
        }
    }

    /** Hands out every file in the order of names, as a folder is read. */
    public void read(Reader reader) {
        end();
        parts.sort(java.util.Comparator.comparing(Part::name));
        try {
            out.flush();
            for (Part part : parts) {
                try (InputStream all = Files.newInputStream(file)) {
                    all.skipNBytes(part.from());
                    reader.file(part.name(), new Limited(new BufferedInputStream(all, 1 << 16), part.length()));
                }
            }
        } catch (IOException e) {
            throw full(e);
        }
    }

    private static ProblemException full(IOException e) {
        return new ProblemException(
                        Problem.STORE_AWAY,
                        "uploads cannot be spooled: " + e.getClass().getSimpleName(),
                        e)
                .retryAfter(java.time.Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            // Somebody was faster.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of one file and no more. */
    private static final class Limited extends InputStream {

        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            left--;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left <= 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
