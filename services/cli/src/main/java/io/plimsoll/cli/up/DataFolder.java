package io.plimsoll.cli.up;

import io.plimsoll.embedded.place.Places;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder that {@code up}, {@code down} and {@code status} are about. */
final class DataFolder {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where data, secrets and logs are kept (default: /var/lib/plimsoll for root, else below the home).")
    private @Nullable Path data;

    Path path() {
        Path chosen = data == null ? Places.defaultData() : data;
        return chosen.toAbsolutePath().normalize();
    }
}
