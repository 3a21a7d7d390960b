package io.plimsoll.imagescan.connector;

import io.plimsoll.registry.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pull secrets that the platform was given: {@code CLUSTER/NAMESPACE/NAME} in a folder, each a file in the form of Docker's {@code config.json} or a
 * folder that holds {@code .dockerconfigjson}, as a mounted Secret does. Read when they are used, so that new ones count at once.
 *
 * @param folder they lie in
 */
public record PullSecrets(Path folder) {

    private static final int BYTES_MAX = 1 << 20;
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

    /**
     * One of them.
     *
     * @param reference {@code cluster/namespace/name}
     * @return empty where it was not given, or cannot be read
     */
    public Optional<Credentials> of(String reference) {
        Path file = folder;
        String[] parts = reference.split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                return Optional.empty();
            }
            file = file.resolve(part);
        }
        if (Files.isDirectory(file)) {
            file = file.resolve(".dockerconfigjson");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(Credentials.dockerConfig(new ByteArrayInputStream(in.readNBytes(BYTES_MAX))));
        } catch (IOException e) {
            // What is in it is never repeated, nor why it cannot be read, which could hold a part of it.
            return Optional.empty();
        }
    }
}
