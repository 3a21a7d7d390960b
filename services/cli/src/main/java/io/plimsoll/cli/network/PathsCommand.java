package io.plimsoll.cli.network;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.input.DeclarationsFile;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath;
import io.plimsoll.segmentation.suggest.PathCut;
import io.plimsoll.segmentation.suggest.PathCuts;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll paths}: from the Internet to what is sensitive, and what cuts the way. */
@Command(
        name = "paths",
        mixinStandardHelpOptions = true,
        description =
                "Names the shortest way from the Internet to each sensitive workload, and the policy that cuts it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll paths manifests/ --sensitive shop/db,payments/",
            "  plimsoll paths manifests/ --sensitive data-class=restricted --cut",
            "  plimsoll paths manifests/ --facts declarations.yaml --not-through ingress/ --format json",
            "",
            "Sensitive is what --sensitive names (a workload, a namespace as shop/, a label=value of pods or their",
            "namespace) and, with --facts, what runs in namespaces of applications declared high or critical. --cut writes",
            "for each path one policy that cuts it, which the engine has tried; save it with --format yaml.",
            "Exit codes: 0 done, 1 nothing usable (or a bad document with --strict), 3 nothing is sensitive, so nothing can",
            "            be said, 64 wrong usage, 70 internal fault"
        })
public final class PathsCommand implements Callable<Integer> {

    /** So many paths are cut: each takes analyses of the whole cluster. */
    private static final int CUTS_MAX = 20;

    /** Forms of the answer. */
    enum Format {
        txt,
        json,
        yaml
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(
            names = "--with",
            paramLabel = "OVERLAY",
            description = "Files or folders laid over the input: what if these were applied.")
    private List<String> overlay = List.of();

    @Option(names = "--sensitive", paramLabel = "NAME", split = ",", description = "What the Internet must not reach.")
    private List<String> sensitive = List.of();

    @Option(names = "--facts", paramLabel = "FILE", description = "Declarations: applications and their criticality.")
    private @Nullable Path facts;

    @Option(
            names = "--not-through",
            paramLabel = "NAME",
            split = ",",
            description = "Workloads that no path passes through.")
    private List<String> notThrough = List.of();

    @Option(
            names = "--internal",
            description = "Internal load balancers, node ports and host ports count as ways from the Internet.")
    private boolean internal;

    @Option(names = "--cut", description = "Write the policy that cuts each path, the first " + CUTS_MAX + ".")
    private boolean cut;

    @Option(
            names = "--format",
            paramLabel = "txt|json|yaml",
            description = "Form of the answer (default: txt); yaml: the policies of --cut alone.")
    private Format format = Format.txt;

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
        ClusterState state = read.state();
        List<Workload> workloads = PeerUnit.OWNER.of(state);
        Reachability reachability = analysis.analyse(state, PeerUnit.OWNER);
        WorkloadNames names = new WorkloadNames(state, workloads);
        Set<ResourceId> asked = new TreeSet<>(names.of(sensitive));
        asked.addAll(names.critical(DeclarationsFile.read(facts), state.name()));
        if (asked.isEmpty()) {
            AnalysisOptions.warn("nothing is called sensitive: use --sensitive, or --facts with applications of high or"
                    + " critical criticality");
            return ExitCode.UNKNOWN;
        }
        SensitivePaths ways = AnalysisOptions.ways(reachability, internal);
        List<SensitivePath> found = ways.to(asked, names.of(notThrough));
        List<PathCut> cuts = cut || format == Format.yaml
                ? cuts(new PathCuts(state, workloads, analysis.options(state), reachability, internal), found, asked)
                : List.of();
        PathsReport report = new PathsReport(reachability, ways, asked, found, cuts);
        try (Output out = Output.to(output)) {
            switch (format) {
                case txt -> report.txt(out);
                case json -> AnswerJson.write("plimsoll.paths/v1", reachability, out, report::json);
                case yaml ->
                    ManifestText.yaml(
                            cuts.stream()
                                    .flatMap(each -> each.policy().stream())
                                    .toList(),
                            out);
            }
        }
        return analysis.refuses(read, reachability) ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    /** A cut for each path that no cut before it cuts too. */
    private static List<PathCut> cuts(PathCuts cuts, List<SensitivePath> paths, Set<ResourceId> sensitive) {
        List<PathCut> found = new ArrayList<>();
        Set<ResourceId> done = new TreeSet<>();
        for (SensitivePath path : paths) {
            if (found.size() == CUTS_MAX) {
                AnalysisOptions.warn("more than " + CUTS_MAX + " cuts would be needed; these are the first");
                break;
            }
            if (!done.contains(path.target())) {
                PathCut next = cuts.of(path, sensitive);
                found.add(next);
                next.policy().ifPresent(unused -> done.addAll(next.alsoKept()));
            }
        }
        return found;
    }
}
