package io.plimsoll.cli.network;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.change.Causes;
import io.plimsoll.segmentation.change.Change;
import io.plimsoll.segmentation.reach.Difference;
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

/** {@code plimsoll diff}: what became of connections between two states, and by which change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Says which connections are added, removed or changed between two sets of manifests, and by what.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll diff before/ after/",
            "  plimsoll diff live.yaml planned/ --format csv -o diff.csv",
            "  plimsoll diff live.yaml --with new-policy.yaml --format json",
            "",
            "Each difference is followed by the objects that make it: each change was made alone to the first state, and",
            "taken back alone in the second. alone: it makes the whole difference; together: only with other changes.",
            "Where there are very many changes they are not tried; then the objects are named that decide.",
            "Exit codes: 0 done (differences or none), 1 nothing usable (or a bad document with --strict),",
            "            64 wrong usage, 70 internal fault"
        })
public final class DiffCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        txt,
        csv,
        json
    }

    @Parameters(index = "0", paramLabel = "A", description = "File or folder with the first state.")
    private String before = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "File or folder with the second state; not beside --with.")
    private @Nullable String after;

    @Option(
            names = "--with",
            paramLabel = "OVERLAY",
            description =
                    "What if these files or folders were applied: the second state is the first with them laid over.")
    private List<String> overlay = List.of();

    @Option(names = "--format", paramLabel = "txt|csv|json", description = "Form of the answer (default: txt).")
    private Format format = Format.txt;

    @Option(names = "--no-cause", description = "Do not ask for causes: quicker.")
    private boolean noCause;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Mixin
    private AnalysisOptions analysis = new AnalysisOptions();

    @Override
    public Integer call() throws IOException {
        if ((after == null) == overlay.isEmpty()) {
            throw new UsageProblem("a second state is wanted: another file or folder, or --with what is laid over");
        }
        AnalysisOptions.Read first = analysis.read(List.of(before));
        AnalysisOptions.Read second = after == null ? analysis.over(first, overlay) : analysis.read(List.of(after));
        if (first.isEmpty() && second.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        ReachabilityOptions options = analysis.options(first.state(), second.state());
        Reachability was = analysis.analyse(first.state(), PeerUnit.OWNER, options);
        Reachability is = analysis.analyse(second.state(), PeerUnit.OWNER, options);
        List<Difference> differences = was.differencesTo(is);
        boolean causes = !noCause && format != Format.csv;
        DiffReport report = new DiffReport(
                causes
                        ? Causes.of(
                                first.state(), second.state(), was, is, differences, state -> quietly(state, options))
                        : differences.stream()
                                .map(each -> new Causes.Explained(each, List.of()))
                                .toList(),
                Change.between(first.state(), second.state()));
        try (Output out = Output.to(output)) {
            switch (format) {
                case csv -> report.csv(out);
                case txt -> report.txt(out);
                case json -> AnswerJson.write("plimsoll.diff/v1", is, out, report::json);
            }
        }
        return analysis.refuses(first, was) || analysis.refuses(second, is) ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    /** What is wrong with policies was said of both states already. */
    private static Reachability quietly(ClusterState state, ReachabilityOptions options) {
        return Reachability.of(state, PeerUnit.OWNER.of(state), options);
    }
}
