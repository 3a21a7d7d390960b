package io.plimsoll.cli.network;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Focus;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll connections}: who may reach whom, on which ports. */
@Command(
        name = "connections",
        mixinStandardHelpOptions = true,
        description = "Lists who may reach whom by the policies of a cluster, and on which ports.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll connections manifests/",
            "  plimsoll connections manifests/ --format txt --exposure",
            "  plimsoll connections manifests/ --explain --focus shop/cart --direction ingress",
            "  plimsoll connections manifests/ --summary",
            "  plimsoll connections manifests/ --format html -o connections.html",
            "  kubectl get ns,pods,netpol -A -o yaml | plimsoll connections - --format json",
            "",
            "csv and txt list what certainly passes; what depends on facts that manifests do not hold is in json",
            "under \"uncertain\", and counted on standard error. svg is one picture; html is one page with it, a filter and",
            "the reasons of each pair. Neither loads anything.",
            "Exit codes: 0 done, 1 nothing usable (or a bad document with --strict), 64 wrong usage, 70 internal fault"
        })
public final class ConnectionsCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        csv,
        txt,
        json,
        dot,
        svg,
        html
    }

    /** Directions, as people say them. */
    enum Way {
        ingress,
        egress
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(
            names = "--with",
            paramLabel = "OVERLAY",
            description = "Files or folders laid over the input: what if these were applied.")
    private List<String> overlay = List.of();

    @Option(
            names = "--format",
            paramLabel = "csv|txt|json|dot|svg|html",
            description = "Form of the answer (default: csv).")
    private @Nullable Format format;

    @Option(names = "--explain", description = "Say for each pair which policies and rules decide.")
    private boolean explain;

    @Option(names = "--exposure", description = "Say also to whom workloads are exposed that is not in the input.")
    private boolean exposure;

    @Option(names = "--summary", description = "Counts and metrics only, no pairs.")
    private boolean summary;

    @Option(
            names = {"--focus", "--focusworkload"},
            paramLabel = "NAME",
            split = ",",
            description = "Only connections with these workloads: name, namespace/name or namespace/name[Kind].")
    private List<String> focus = List.of();

    @Option(
            names = {"--peer", "--focusworkload-peer"},
            paramLabel = "NAME",
            split = ",",
            description = "Beside --focus: only with these at the other end.")
    private List<String> peers = List.of();

    @Option(
            names = {"--direction", "--focus-direction"},
            paramLabel = "ingress|egress",
            description = "Beside --focus: only what these workloads receive, or send.")
    private @Nullable Way direction;

    @Option(
            names = {"--port", "--focus-conn"},
            paramLabel = "PROTOCOL-PORT",
            description = "Only connections on this port, such as tcp-8080.")
    private @Nullable String port;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Mixin
    private AnalysisOptions analysis = new AnalysisOptions();

    @Override
    public Integer call() throws IOException {
        AnalysisOptions.Read read = analysis.over(analysis.read(paths), overlay);
        if (read.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        Reachability reachability = analysis.analyse(read.state(), PeerUnit.OWNER);
        Format asked = format == null ? (explain || exposure || summary ? Format.txt : Format.csv) : format;
        ConnectionsReport report = new ConnectionsReport(reachability, focus(), explain, exposure, summary);
        try (Output out = Output.to(output)) {
            switch (asked) {
                case csv -> report.csv(out);
                case txt -> report.txt(out);
                case json -> ConnectionsJson.write(report, out);
                case dot -> DotGraph.write(report, out);
                case svg -> SvgPicture.write(report, out);
                case html -> HtmlPage.write(report, out);
            }
        }
        return analysis.refuses(read, reachability) ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    private Focus focus() {
        Optional<Direction> side =
                Optional.ofNullable(direction).map(way -> way == Way.ingress ? Direction.INGRESS : Direction.EGRESS);
        PortSet ports = port == null ? PortSet.ALL : AnalysisOptions.port(port);
        return new Focus(
                Set.copyOf(AnalysisOptions.split(focus)), Set.copyOf(AnalysisOptions.split(peers)), side, ports);
    }
}
