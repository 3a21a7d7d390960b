package io.plimsoll.gateway.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A folder in which uploads lie until all of each is known to be good. Nothing in it outlives a request; what a killed
 * process left behind is removed by the next.
 */
public final class Spool {

    private static final String SUFFIX = ".upload";

    private final Path folder;
    private final ArchiveReader reader;
    private final Semaphore places;

    /** @param uploadsMax that may lie here at a time */
    public Spool(Path folder, UploadLimits limits, int uploadsMax) {
        this.folder = folder;
        this.reader = new ArchiveReader(limits);
        this.places = new Semaphore(uploadsMax);
    }

    /** Removes what an earlier process left; call before the first upload. */
    public void sweep() throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Reads a body whole. The answer is closed by the caller and holds a place and disk until then.
     *
     * @return empty when as many uploads as may be are under way
     * @throws UploadRefused when nothing of it is to be taken
     * @throws IOException when the caller went away or the disk is full
     */
    public Optional<SpooledUpload> take(InputStream body, UploadFormat format, String name) throws IOException {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        SpooledUpload upload = null;
        boolean whole = false;
        try {
            Files.createDirectories(folder);
            upload = new SpooledUpload(Files.createTempFile(folder, "", SUFFIX), places::release);
            upload.ignore(reader.read(body, format, name, upload::append));
            whole = true;
            return Optional.of(upload);
        } finally {
            if (!whole) {
                if (upload == null) {
                    places.release();
                } else {
                    upload.close();
                }
            }
        }
    }
}
