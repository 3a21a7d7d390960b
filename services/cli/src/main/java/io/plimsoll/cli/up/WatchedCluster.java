package io.plimsoll.cli.up;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.service.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A cluster that the platform of this machine watches, read-only, with the rights of a kubeconfig. */
final class WatchedCluster {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Watch the cluster of this file: a sensor reads what its user may read, and writes nothing.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Context of the file (default: its current one).")
    private String context = "";

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "What the cluster is called in the platform (default: live).")
    private String cluster = "live";

    boolean isWanted() {
        return kubeconfig != null;
    }

    String cluster() {
        return cluster;
    }

    /**
     * Its sensor, with a credential: that of the last time, else one that is issued now and kept below the data, for their owner alone.
     *
     * @throws IOException when none is issued
     */
    ServiceProcess sensor(OneMachine machine, GatewayClient gateway, Path data)
            throws IOException, InterruptedException {
        Path file = kubeconfig;
        if (file == null || !Files.isReadable(file)) {
            throw new EmbeddedProblem("there is no file " + file + " that can be read");
        }
        Path credential = data.resolve("sensor-" + cluster + ".credential").toAbsolutePath();
        if (!Files.exists(credential)) {
            String secret = gateway.issueCredential(cluster);
            Files.createFile(
                    credential, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(credential, secret.getBytes(StandardCharsets.UTF_8));
        }
        return PlatformServices.built().sensor(machine, cluster, credential, file.toAbsolutePath(), context);
    }
}
