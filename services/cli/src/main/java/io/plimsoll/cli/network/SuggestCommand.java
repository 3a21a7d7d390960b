package io.plimsoll.cli.network;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.suggest.Flows;
import io.plimsoll.segmentation.suggest.Form;
import io.plimsoll.segmentation.suggest.Need;
import io.plimsoll.segmentation.suggest.Proof;
import io.plimsoll.segmentation.suggest.Suggestions;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll suggest}: least-privilege policies, and what they would change. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        description = "Writes policies that allow what workloads declare to need, and nothing else.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll suggest manifests/ > policies.yaml",
            "  plimsoll suggest manifests/ --policy cluster --format json",
            "  hubble observe --last 100000 -o jsonpb > flows.json; plimsoll suggest manifests/ --flows flows.json",
            "",
            "Needs are Services named in environment, arguments, commands and ConfigMaps, and what Ingresses, Routes,",
            "Gateways and Services open; with --flows also what was seen. What the policies change, and what cannot be told, is said on standard error.",
            "Exit codes: 0 done, 1 nothing usable, or the proof does not hold, 64 wrong usage, 70 internal fault"
        })
public final class SuggestCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        yaml,
        json
    }

    /** Kinds of policies, as people say them. */
    enum Kind {
        networkpolicy,
        cluster
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(names = "--format", paramLabel = "yaml|json", description = "Form of the answer (default: yaml).")
    private Format format = Format.yaml;

    @Option(
            names = "--policy",
            paramLabel = "networkpolicy|cluster",
            description = "NetworkPolicy (default), or ClusterNetworkPolicy of the tier Baseline.")
    private Kind kind = Kind.networkpolicy;

    @Option(
            names = "--flows",
            paramLabel = "FILE",
            description = "Connections that were seen and must stay: lines src,dst,conn, or flows of Hubble as JSON.")
    private @Nullable Path flows;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Mixin
    private AnalysisOptions analysis = new AnalysisOptions();

    @Override
    public Integer call() throws IOException {
        AnalysisOptions.Read read = analysis.read(paths);
        if (read.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        ClusterState state = read.state();
        Form form = kind == Kind.cluster ? Form.CLUSTER_NETWORK_POLICY : Form.NETWORK_POLICY;
        List<Workload> workloads = PeerUnit.CONTROLLER.of(state);
        Flows seen = flows == null ? Flows.NONE : FlowsFile.read(flows, workloads);
        Suggestions suggested = Suggestions.of(state, workloads, analysis.options(state), form, seen);
        try (Output out = Output.to(output)) {
            switch (format) {
                case yaml -> ManifestText.yaml(suggested.policies(), out);
                case json -> ManifestText.json(suggested.policies(), out);
            }
        }
        say(suggested);
        return suggested.proof().holds() ? ExitCode.DONE : ExitCode.NOTHING_USABLE;
    }

    private static void say(Suggestions suggested) {
        Proof proof = suggested.proof();
        AnalysisOptions.warn(suggested.policies().size() + " policies for "
                + suggested.needs().size() + " needs");
        AnalysisOptions.warn(
                "pairs of workloads: " + proof.before().pairsAllowed().high() + " before, "
                        + proof.after().pairsAllowed().high() + " after");
        AnalysisOptions.warn("blast radius in one hop, median and most: "
                + proof.before().oneHop().median() + " and "
                + proof.before().oneHop().max() + " before, "
                + proof.after().oneHop().median() + " and "
                + proof.after().oneHop().max() + " after; in any number: "
                + proof.before().transitive().median() + " and "
                + proof.before().transitive().max() + " before, "
                + proof.after().transitive().median() + " and "
                + proof.after().transitive().max() + " after");
        for (Need need : proof.cut()) {
            AnalysisOptions.warn(
                    "would be cut: " + need.source() + " to " + need.destination() + " on " + need.ports());
        }
        suggested.notes().forEach(AnalysisOptions::warn);
    }
}
