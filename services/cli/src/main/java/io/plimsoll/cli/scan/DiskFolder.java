package io.plimsoll.cli.scan;

import io.plimsoll.scanning.image.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder on disk; a file that a link leads out of it is not there. */
record DiskFolder(Path root) implements Folder {

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root.toRealPath())) {
            return Optional.empty();
        }
        return Optional.of(Files.newInputStream(file));
    }
}
