package io.plimsoll.embedded.service;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.supervise.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A database and a broker on free ports in a temporary folder, for {@link Rehearsal}s; gone when closed. */
public final class RehearsalStage implements AutoCloseable {

    private final Path folder;
    private final OneMachine machine;

    private RehearsalStage(Path folder, OneMachine machine) {
        this.folder = folder;
        this.machine = machine;
    }

    /**
     * @param tell takes a line for people
     * @throws EmbeddedProblem when it cannot be started
     */
    public static RehearsalStage open(Consumer<String> tell) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("plimsoll-warm-");
        // The database's user must be able to enter.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        OneMachine machine = OneMachine.start(
                new OneMachine.Wish(
                        new Places(folder.resolve("data"), Places.defaultCache()),
                        OptionalInt.of(Ports.anyFree().base()),
                        false,
                        false),
                Watcher.SILENT,
                tell);
        RehearsalStage stage = new RehearsalStage(folder, machine);
        try {
            machine.awaitReady();
        } catch (EmbeddedProblem e) {
            stage.close();
            throw e;
        }
        return stage;
    }

    public OneMachine machine() {
        return machine;
    }

    /** For what is needed on the way. */
    public Path work() {
        return folder.resolve("work");
    }

    @Override
    public void close() {
        machine.close();
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // A temporary folder that stays behind harms nobody.
        }
    }
}
