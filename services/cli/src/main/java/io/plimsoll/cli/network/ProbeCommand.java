package io.plimsoll.cli.network;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.ExplanationText;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll probe}: whether one connection passes, and why. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = "Says of one connection whether policies let it pass: allow, deny or unknown, and why.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll probe manifests/ --from shop/web-0 --to shop/db --port 5432 --protocol TCP",
            "  plimsoll probe manifests/ --from shop/web --to 203.0.113.0/24 --port 443",
            "",
            "The first line is the verdict. A name is a pod's, or its owner's: web-0 also means a replica of web, and",
            "shop/web[Deployment], as plimsoll connections prints it, means all pods of it.",
            "Exit codes: 0 done, whatever the verdict, 1 nothing usable, 64 wrong usage, 70 internal fault"
        })
public final class ProbeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(names = "--from", required = true, paramLabel = "NS/POD|CIDR", description = "Who sends.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "NS/POD|CIDR", description = "Who receives.")
    private String to = "";

    @Option(names = "--port", required = true, paramLabel = "N", description = "Destination port, 1 to 65535.")
    private int port;

    @Option(names = "--protocol", paramLabel = "TCP|UDP|SCTP", description = "Protocol (default: TCP).")
    private String protocol = Protocol.TCP.name();

    @Mixin
    private AnalysisOptions analysis = new AnalysisOptions();

    @Override
    public Integer call() throws IOException {
        PortSet asked = asked();
        AnalysisOptions.Read read = analysis.read(paths);
        if (read.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        ClusterState state = read.state();
        PeerUnit unit = isPrinted(from) || isPrinted(to) ? PeerUnit.OWNER : PeerUnit.POD;
        Reachability reachability = analysis.analyse(state, unit);
        List<Explanation> explanations = explain(reachability, unit.of(state));
        Explanation.Outcome worst = explanations.stream()
                .map(explanation -> explanation.at(asked).outcome())
                .reduce(ProbeCommand::together)
                .orElse(Explanation.Outcome.UNKNOWN);
        try (Output out = Output.to(null)) {
            out.line(
                    switch (worst) {
                        case ALLOWED -> "allow";
                        case DENIED -> "deny";
                        case UNKNOWN -> "unknown";
                    });
            for (Explanation each : explanations) {
                Explanation.Piece piece = each.at(asked);
                Explanation only = new Explanation(
                        each.source(),
                        each.destination(),
                        List.of(new Explanation.Piece(asked, piece.outcome(), piece.egress(), piece.ingress())));
                ExplanationText.lines(only).skip(1).forEach(out::line);
            }
        }
        return analysis.refuses(read, reachability) ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    /** Of addresses that differ in their verdict, the answer for all of them is not known. */
    private static Explanation.Outcome together(Explanation.Outcome one, Explanation.Outcome other) {
        return one == other ? one : Explanation.Outcome.UNKNOWN;
    }

    private PortSet asked() {
        Protocol known = Protocol.of(protocol.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new UsageProblem("--protocol takes TCP, UDP or SCTP, not " + protocol));
        if (port < 1 || port > PortSet.PORT_MAX) {
            throw new UsageProblem("--port takes 1 to " + PortSet.PORT_MAX + ", not " + port);
        }
        return PortSet.of(known, port);
    }

    private List<Explanation> explain(Reachability reachability, List<Workload> pods) {
        Optional<AddressRange> source = range(from);
        Optional<AddressRange> destination = range(to);
        if (source.isPresent() && destination.isPresent()) {
            throw new UsageProblem("--from and --to are both addresses: policies of pods say nothing of that");
        }
        if (source.isPresent()) {
            return reachability.explain(pod(pods, to).id(), Direction.INGRESS, source.get());
        }
        if (destination.isPresent()) {
            return reachability.explain(pod(pods, from).id(), Direction.EGRESS, destination.get());
        }
        return List.of(reachability.explain(pod(pods, from).id(), pod(pods, to).id()));
    }

    /** An IPv6 address may stand in brackets, as in a URL. */
    private static Optional<AddressRange> range(String written) {
        boolean bracketed = written.startsWith("[") && written.endsWith("]");
        String text = bracketed ? written.substring(1, written.length() - 1) : written;
        Optional<AddressRange> range = AddressRange.ofCidr(text)
                .or(() -> Address.parse(text).map(address -> new AddressRange(address, address)));
        // No namespace has a dot or a colon in its name.
        if (range.isEmpty() && (bracketed || text.matches("[^/\\[]*[.:][^/]*/.*|[^/\\[]*:.*"))) {
            throw new UsageProblem("neither an address nor a CIDR, and no namespace/name: " + written);
        }
        return range;
    }

    /** Whether it is {@code shop/web[Deployment]}, all pods of an owner. */
    private static boolean isPrinted(String written) {
        return written.endsWith("]") && !written.startsWith("[");
    }

    /** By the name of the pod or its owner, or as a replica {@code name-0}, {@code name-7d9c-x2x4z} of an owner. */
    private static Workload pod(List<Workload> pods, String name) {
        if (isPrinted(name)) {
            return pods.stream()
                    .filter(pod -> new Endpoint.OfWorkload(pod.id()).toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageProblem("no workload is named " + name));
        }
        String wanted = name.indexOf('/') < 0 ? "default/" + name : name;
        for (String shorter = wanted; shorter.indexOf('/') > 0; shorter = shortened(shorter)) {
            String asked = shorter;
            Optional<Workload> found = pods.stream()
                    .filter(pod -> asked.equals(pod.namespace() + "/" + pod.name()))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new UsageProblem("no pod or owner of pods is named " + wanted + " (namespace/name)");
    }

    private static String shortened(String name) {
        int hyphen = name.lastIndexOf('-');
        return hyphen < name.indexOf('/') ? "" : name.substring(0, hyphen);
    }
}
