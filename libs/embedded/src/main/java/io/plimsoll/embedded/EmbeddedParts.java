package io.plimsoll.embedded;

import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.supervise.RunFile;
import io.plimsoll.embedded.supervise.RunLock;
import io.plimsoll.embedded.supervise.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Real PostgreSQL and Kafka (and Keycloak, where asked) for tests: started once for each JVM, on free ports and in a temporary folder, and
 * gone with it. Any thread.
 */
public final class EmbeddedParts {

    private static final String PREFIX = "plimsoll-test-";

    private static @Nullable OneMachine shared;
    /** Why starting failed: the next test need not try again. */
    private static @Nullable RuntimeException failure;

    private EmbeddedParts() {}

    /** PostgreSQL and Kafka; Keycloak as well where an earlier test of this JVM asked for it. */
    public static synchronized OneMachine infrastructure() {
        if (failure != null) {
            throw failure;
        }
        OneMachine running = shared;
        if (running == null) {
            running = start();
            shared = running;
        }
        return running;
    }

    /** The same machine with Keycloak, people and teams to try with; the first call starts Keycloak beside the others. */
    public static synchronized OneMachine withIdentity() {
        OneMachine running = infrastructure();
        running.addIdentity();
        awaitReady(running);
        return running;
    }

    private static OneMachine start() {
        try {
            sweep();
            // Not the build's folder: the database's user must be able to enter.
            Path data = Files.createTempDirectory(PREFIX);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            OneMachine machine = OneMachine.start(
                    new OneMachine.Wish(
                            new Places(data, Places.defaultCache()),
                            OptionalInt.of(Ports.anyFree().base()),
                            false,
                            true),
                    Watcher.SILENT,
                    line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                machine.close();
                delete(data);
            }));
            awaitReady(machine);
            return machine;
        } catch (EmbeddedProblem e) {
            failure = e;
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static void awaitReady(OneMachine machine) {
        try {
            machine.awaitReady();
        } catch (EmbeddedProblem e) {
            failure = e;
            throw e;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static EmbeddedProblem interrupted() {
        Thread.currentThread().interrupt();
        return new EmbeddedProblem("interrupted while starting");
    }

    /** Clears what a JVM left that was killed in the middle of its tests: its parts, then its data. */
    private static void sweep() throws IOException, InterruptedException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path left : folders) {
                // Without a lock file it may just be coming into being.
                if (!Files.isWritable(left) || !Files.isRegularFile(left.resolve("lock")) || RunLock.held(left)) {
                    continue;
                }
                Optional<RunFile> run = RunFile.read(RunFile.in(left));
                if (run.isPresent()) {
                    var unused = run.get().stopParts();
                }
                delete(left);
            }
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // A temporary folder that stays behind harms nobody.
        }
    }
}
