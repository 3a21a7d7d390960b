package io.plimsoll.embedded.place;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.TreeMap;

/** Passwords of one installation, made when first asked for and kept in one file for its owner's eyes. Thread-safe. */
public final class Secrets {

    private static final int SECRET_BYTES = 24;

    private final Path file;
    private final TreeMap<String, String> known = new TreeMap<>();
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path file) {
        this.file = file;
    }

    public static Secrets in(Path data) throws IOException {
        Secrets secrets = new Secrets(data.resolve("secrets.properties"));
        if (Files.exists(secrets.file)) {
            Properties stored = new Properties();
            try (Reader reader = Files.newBufferedReader(secrets.file)) {
                stored.load(reader);
            }
            stored.stringPropertyNames().forEach(name -> secrets.known.put(name, stored.getProperty(name)));
        }
        return secrets;
    }

    public Path file() {
        return file;
    }

    /** The secret of that name: letters, digits, {@code -} and {@code _} only, so that it needs no quoting anywhere. */
    public synchronized String of(String name) {
        String existing = known.get(name);
        if (existing != null) {
            return existing;
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        known.put(name, made);
        StringBuilder text = new StringBuilder("# Passwords of this installation.\n");
        known.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        try {
            Unix.writePrivately(file, text.toString());
        } catch (IOException e) {
            known.remove(name);
            throw new java.io.UncheckedIOException("cannot write " + file, e);
        }
        return made;
    }
}
