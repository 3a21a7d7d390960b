package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.service.Rehearsal;
import io.plimsoll.embedded.service.RehearsalStage;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.embedded.service.StartCache;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plimsoll warm}: each service is started once for the sake of later starts. */
@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = "Starts each service once, on a database and a broker of its own, and keeps what its JVM learned:"
                + " plimsoll up then starts the services in about half the time. Once after each build; needs Java 25.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll warm && plimsoll up",
            "  plimsoll warm --compare",
            "",
            "The caches lie beside what was built (services/NAME/target/start-*.aot, 65 to 100 MB each); those of an earlier",
            "build are not used.",
            "Exit codes: 0 done, 1 could not be done, 64 wrong usage, 70 internal fault"
        })
public final class WarmCommand implements Callable<Integer> {

    @Option(
            names = "--compare",
            description = "Then start each service without and with what was kept, and print the figures side by side.")
    private boolean compare;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!StartCache.possible()) {
            System.err.println("plimsoll: this Java is " + Runtime.version().feature()
                    + "; what a start teaches is kept by Java 25 and newer");
            return ExitCode.NOTHING_USABLE;
        }
        try (RehearsalStage stage = RehearsalStage.open(line -> System.err.println("plimsoll: " + line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "plimsoll-stop"));
            rehearse(stage);
        } catch (EmbeddedProblem e) {
            System.err.println("plimsoll: " + e.getMessage());
            return ExitCode.NOTHING_USABLE;
        }
        return ExitCode.DONE;
    }

    private void rehearse(RehearsalStage stage) throws IOException, InterruptedException {
        PlatformServices services = PlatformServices.built();
        for (ServiceProcess service : services.on(stage.machine())) {
            long begun = System.nanoTime();
            StartCache cache = services.cache(service.name());
            Rehearsal rehearsal = new Rehearsal(Unix.java(), service, stage.work());
            rehearsal.make(cache);
            System.out.printf(
                    "%-22s %3d MB in %.1f s, %s%n",
                    service.name(), Files.size(cache.file()) >> 20, (System.nanoTime() - begun) / 1e9, cache.file());
            if (compare) {
                print("without", rehearsal.measure(List.of()));
                print("with", rehearsal.measure(cache.options(service.jar())));
            }
        }
    }

    private static void print(String which, Rehearsal.Measured start) {
        System.out.printf(
                "  %-9s ready after %5.2f s, %5.2f s of work, %d MiB%n",
                which, start.ready().toMillis() / 1000.0, start.work().toMillis() / 1000.0, start.mebibytes());
    }
}
