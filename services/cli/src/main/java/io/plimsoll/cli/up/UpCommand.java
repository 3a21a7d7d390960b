package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.place.Places;
import java.io.IOException;
import java.io.PrintStream;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plimsoll up}: starts the platform's parts on loopback and watches over them until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs PostgreSQL, Kafka and Keycloak on this machine, each a process of its own on loopback.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll up --only infra",
            "  plimsoll up --only infra --demo --data /srv/plimsoll --port-base 30000",
            "",
            "Ctrl-C, or plimsoll down from elsewhere, stops all of it; the data stay. What dies is started again.",
            "Exit codes: 0 stopped cleanly, 1 could not be started, 64 wrong usage, 70 internal fault"
        })
public final class UpCommand implements Callable<Integer> {

    /** What can be started without the rest. */
    enum Only {
        infra
    }

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--only", paramLabel = "infra", description = "Start the infrastructure alone, for development.")
    private @Nullable Only only;

    @Option(names = "--demo", description = "Add people and teams to try with to the realm.")
    private boolean demo;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "First of 30 ports (default: as last time, else 27400).")
    private @Nullable Integer portBase;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (only == null) {
            throw new UsageProblem("the platform's services are not part of this version yet: give --only infra");
        }
        long begun = System.nanoTime();
        OneMachine machine;
        Progress progress = Progress.on(System.err);
        try {
            machine = OneMachine.start(
                    new OneMachine.Wish(
                            new Places(data.path(), Places.defaultCache()),
                            portBase == null ? OptionalInt.empty() : OptionalInt.of(portBase),
                            true,
                            demo),
                    progress,
                    line -> System.err.println("plimsoll: " + line));
        } catch (EmbeddedProblem e) {
            System.err.println("plimsoll: " + e.getMessage());
            return ExitCode.NOTHING_USABLE;
        }
        Thread stop = new Thread(
                () -> {
                    progress.stopping();
                    machine.close();
                },
                "plimsoll-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            machine.awaitReady();
        } catch (EmbeddedProblem e) {
            System.err.println("plimsoll: " + e.getMessage());
            machine.close();
            return ExitCode.NOTHING_USABLE;
        }
        progress.ready();
        addresses(machine, (System.nanoTime() - begun) / 1_000_000_000.0);
        machine.awaitEnd();
        return ExitCode.DONE;
    }

    private void addresses(OneMachine machine, double seconds) {
        KeycloakAccess keycloak = machine.keycloak().access();
        PrintStream out = System.out;
        out.printf("ready after %.1f s, data in %s%n", seconds, data.path());
        out.println("  PostgreSQL  " + machine.postgres().address() + ", one schema and role a service");
        out.println("  Kafka       " + machine.kafka().bootstrapServers());
        out.println("  Keycloak    " + keycloak.issuer() + ", administrator: " + keycloak.administrator());
        if (demo) {
            KeycloakAccess.DEMO_USERS.forEach(
                    user -> out.printf("  log in as   %-12s %s%n", user, keycloak.userPassword(user)));
        }
        out.println("  passwords   " + machine.secrets().file());
        out.println("stop with Ctrl-C or: plimsoll down --data " + data.path());
    }
}
