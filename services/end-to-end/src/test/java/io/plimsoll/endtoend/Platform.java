package io.plimsoll.endtoend;

import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.supervise.PartState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The whole platform on one machine, started once for all tests of this JVM. */
final class Platform {

    /** Where all services of the platform send their traces. */
    static final TraceCollector TRACES = new TraceCollector();

    private static @Nullable Platform shared;

    private final OneMachine machine;
    private final PlatformServices services;

    private Platform(OneMachine machine, PlatformServices services) {
        this.machine = machine;
        this.services = services;
    }

    static synchronized Platform running() {
        Platform running = shared;
        if (running == null) {
            OneMachine machine = EmbeddedParts.withIdentity();
            PlatformServices services = PlatformServices.built().with("PLIMSOLL_TRACES", TRACES.endpoint());
            machine.add(services.on(machine));
            running = new Platform(machine, services);
            running.awaitReady();
            shared = running;
        }
        return running;
    }

    /** A platform of its own on a machine that was just started; whoever asks for it ends it. */
    static Platform on(OneMachine machine) {
        return on(machine, PlatformServices.built());
    }

    /** The same with further settings of the services. */
    static Platform on(OneMachine machine, PlatformServices services) {
        machine.add(services.on(machine));
        Platform platform = new Platform(machine, services);
        platform.awaitReady();
        return platform;
    }

    OneMachine machine() {
        return machine;
    }

    PlatformServices services() {
        return services;
    }

    URI gateway() {
        return at("gateway");
    }

    URI at(String service) {
        return URI.create("http://127.0.0.1:" + port(service));
    }

    int port(String service) {
        return machine.ports().service(OneMachine.SERVICES.indexOf(service));
    }

    String token(String user) {
        try {
            return machine.keycloak().access().userToken(user);
        } catch (IOException e) {
            throw new AssertionError("no token for " + user, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void awaitReady() {
        try {
            machine.awaitReady();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean ready(String service) {
        return HttpProbe.answers(at(service).resolve("/q/health/ready"));
    }

    /** Ends the part's process as a power cut would. */
    void kill(String part) {
        process(part).destroyForcibly();
    }

    ProcessHandle process(String part) {
        return machine.supervisor().process(part).orElseThrow(() -> new AssertionError(part + " does not run"));
    }

    /** Whether the part has a process, and not this one. */
    boolean runsAnew(String part, ProcessHandle before) {
        return machine.supervisor()
                .process(part)
                .filter(process -> process.pid() != before.pid())
                .isPresent();
    }

    /** Sends a signal to the part's own process, for instance {@code STOP} or {@code CONT}. */
    void signal(String part, String signal) {
        try {
            int code = new ProcessBuilder(
                            "kill", "-" + signal, Long.toString(process(part).pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill -" + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    PartState state(String part) {
        return machine.supervisor().state(part).orElseThrow();
    }

    /** Looks until it is so. */
    static void await(String what, Duration most, BooleanSupplier so) {
        long end = System.nanoTime() + most.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + most.toSeconds() + " s: " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
