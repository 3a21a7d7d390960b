package io.plimsoll.embedded;

import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.supervise.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Real PostgreSQL and Kafka (and Keycloak, where asked) for tests: started once for each JVM, on free ports and in a temporary folder, and
 * gone with it. Any thread.
 */
public final class EmbeddedParts {

    private static @Nullable OneMachine infrastructure;
    private static @Nullable OneMachine withIdentity;
    /** Why starting failed: the next test need not try again. */
    private static @Nullable RuntimeException failure;

    private EmbeddedParts() {}

    /** PostgreSQL and Kafka. */
    public static synchronized OneMachine infrastructure() {
        if (withIdentity != null) {
            return withIdentity;
        }
        OneMachine running = infrastructure;
        if (running == null) {
            running = start(false);
            infrastructure = running;
        }
        return running;
    }

    /** PostgreSQL, Kafka and Keycloak with people and teams to try with. */
    public static synchronized OneMachine withIdentity() {
        OneMachine running = withIdentity;
        if (running == null) {
            running = start(true);
            withIdentity = running;
        }
        return running;
    }

    private static OneMachine start(boolean identity) {
        if (failure != null) {
            throw failure;
        }
        try {
            // Not the build's folder: the database's user must be able to enter.
            Path data = Files.createTempDirectory("plimsoll-test-");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            OneMachine machine = OneMachine.start(
                    new OneMachine.Wish(
                            new Places(data, Places.defaultCache()),
                            OptionalInt.of(Ports.anyFree().base()),
                            identity,
                            true),
                    Watcher.SILENT,
                    line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                machine.close();
                delete(data);
            }));
            machine.awaitReady();
            return machine;
        } catch (EmbeddedProblem e) {
            failure = e;
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedProblem("interrupted while starting");
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A temporary folder that stays behind harms nobody.
        }
    }
}
