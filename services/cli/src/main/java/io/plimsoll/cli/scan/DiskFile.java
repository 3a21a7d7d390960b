package io.plimsoll.cli.scan;

import io.plimsoll.scanning.image.SeekableFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on disk, opened at any place. */
record DiskFile(Path file) implements SeekableFile {

    @Override
    public long length() throws IOException {
        return Files.size(file);
    }

    @Override
    public InputStream openAt(long offset) throws IOException {
        // Skipping in a FileInputStream is a seek.
        FileInputStream in = new FileInputStream(file.toFile());
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
