package io.plimsoll.cli.network;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll diff}: what became of connections between two states. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Says which connections are added, removed or changed between two sets of manifests.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll diff before/ after/",
            "  plimsoll diff live.yaml planned/ --format csv -o diff.csv",
            "",
            "Exit codes: 0 done (differences or none), 1 nothing usable (or a bad document with --strict),",
            "            64 wrong usage, 70 internal fault"
        })
public final class DiffCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        txt,
        csv
    }

    @Parameters(index = "0", paramLabel = "A", description = "File or folder with the first state.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "File or folder with the second state.")
    private String after = "";

    @Option(names = "--format", paramLabel = "txt|csv", description = "Form of the answer (default: txt).")
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
        AnalysisOptions.Read first = analysis.read(List.of(before));
        AnalysisOptions.Read second = analysis.read(List.of(after));
        if (first.isEmpty() && second.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        Reachability was = analysis.analyse(first.state(), PeerUnit.OWNER);
        Reachability is = analysis.analyse(second.state(), PeerUnit.OWNER);
        try (Output out = Output.to(output)) {
            List<Difference> differences = was.differencesTo(is);
            switch (format) {
                case csv -> csv(differences, out);
                case txt -> txt(differences, out);
            }
        }
        return analysis.refuses(first, was) || analysis.refuses(second, is) ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    private static void csv(List<Difference> differences, Output out) {
        out.line("diff-type,source,destination,dir1,dir2,workloads-diff-info");
        for (Difference each : differences) {
            StringJoiner row = new StringJoiner(",");
            row.add(each.type())
                    .add(each.source().toString())
                    .add(each.destination().toString());
            out.line(row.add(cell(ports(each.before(), each.uncertainBefore())))
                    .add(cell(ports(each.after(), each.uncertainAfter())))
                    .add(cell(news(each)))
                    .toString());
        }
    }

    private static void txt(List<Difference> differences, Output out) {
        out.line("Connectivity diff:");
        for (Difference each : differences) {
            String news = news(each);
            out.line("diff-type: " + each.type() + ", source: " + each.source() + ", destination: "
                    + each.destination() + ", dir1: " + ports(each.before(), each.uncertainBefore()) + ", dir2: "
                    + ports(each.after(), each.uncertainAfter())
                    + (news.isEmpty() ? "" : ", workloads-diff-info: " + news));
        }
    }

    /** What certainly passes, and behind it what may. */
    private static String ports(PortSet allowed, PortSet uncertain) {
        return uncertain.isEmpty() ? allowed.toString() : allowed + " (unknown: " + uncertain + ")";
    }

    private static String news(Difference difference) {
        List<String> news = new ArrayList<>();
        add(news, difference.source().toString(), difference.sourceNews());
        add(news, difference.destination().toString(), difference.destinationNews());
        return news.isEmpty() ? "" : "workload " + String.join(", workload ", news);
    }

    private static void add(List<String> texts, String workload, Difference.News news) {
        switch (news) {
            case NONE -> {}
            case ADDED -> texts.add(workload + " added");
            case REMOVED -> texts.add(workload + " removed");
        }
    }

    private static String cell(String text) {
        return text.indexOf(',') < 0 ? text : '"' + text + '"';
    }
}
