package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.keycloak.LocalTokens;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.place.Secrets;
import io.plimsoll.embedded.supervise.RunLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plimsoll rebuild}: refills the topics from inventory's database, and waits until it is done. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Refills the topics from inventory's database: after topics were lost, or are not trusted any more."
                        + " Uploads go on meanwhile; stages stand as they were until each cluster is read anew.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll rebuild",
            "  plimsoll rebuild --gateway https://plimsoll.example.org --token \"$TOKEN\"",
            "",
            "Again while under way: it only waits. Exit codes: 0 done, 1 could not be asked or not done in time, 64 wrong usage"
        })
public final class RebuildCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(500);

    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--gateway", paramLabel = "URL", description = "Another gateway than the one of this machine.")
    private @Nullable URI gateway;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Bearer token of an administrator; only with --gateway.")
    private @Nullable String token;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for the end (default: ${DEFAULT-VALUE}).",
            defaultValue = "600")
    private int wait;

    @Override
    public Integer call() throws IOException, InterruptedException {
        GatewayClient client = client();
        try {
            GatewayClient.Rebuild progress = client.rebuild(true);
            long end = System.nanoTime() + Duration.ofSeconds(wait).toNanos();
            while (!progress.done()) {
                if (System.nanoTime() > end) {
                    System.err.println("plimsoll: not done within " + wait + " s: " + progress.pending()
                            + " clusters and " + progress.outboxRecords() + " records are left; it goes on by itself");
                    return ExitCode.NOTHING_USABLE;
                }
                Thread.sleep(LOOK);
                progress = client.rebuild(false);
            }
        } catch (IOException e) {
            System.err.println("plimsoll: " + e.getMessage());
            return ExitCode.NOTHING_USABLE;
        }
        System.out.println("the topics are refilled");
        return ExitCode.DONE;
    }

    private GatewayClient client() throws IOException {
        URI given = gateway;
        String said = token;
        if (given != null) {
            if (said == null) {
                throw new UsageProblem("--gateway needs a --token");
            }
            return new GatewayClient(given, () -> said);
        }
        Path folder = data.path();
        if (!RunLock.held(folder)) {
            throw new UsageProblem("nothing runs in " + folder + "; start it with 'plimsoll up', or give --gateway");
        }
        Ports ports = Ports.choose(folder, OptionalInt.empty());
        LocalTokens tokens = new LocalTokens(ports, Secrets.in(folder));
        return new GatewayClient(
                URI.create("http://127.0.0.1:" + ports.service(OneMachine.SERVICES.indexOf("gateway"))),
                () -> tokens.ofService("inventory"));
    }
}
