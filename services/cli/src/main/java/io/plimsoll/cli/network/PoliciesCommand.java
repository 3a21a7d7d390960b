package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.idle.RuleFinding;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll policies}: which policies and rules decide nothing, and why. */
@Command(
        name = "policies",
        mixinStandardHelpOptions = true,
        description = "Names policies and rules that decide nothing: unreachable, shadowed by others, or inert.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll policies manifests/",
            "  plimsoll policies manifests/ --with planned.yaml --format json",
            "  plimsoll policies manifests/ --fail-on shadowed,unreachable",
            "",
            "unreachable: no traffic ever asks the rule. shadowed: others decide all it speaks of; they are named.",
            "inert: it decides, and without it the outcome is the same. All that is named can be left out together",
            "and no verdict changes, as long as no pod or policy is added.",
            "Exit codes: 0 done (findings or none), 1 nothing usable (or a bad document with --strict), 2 something",
            "            was found that --fail-on names, 64 wrong usage, 70 internal fault"
        })
public final class PoliciesCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        txt,
        json
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(
            names = "--with",
            paramLabel = "OVERLAY",
            description = "Files or folders laid over the input: what if these were applied.")
    private List<String> overlay = List.of();

    @Option(names = "--format", paramLabel = "txt|json", description = "Form of the answer (default: txt).")
    private Format format = Format.txt;

    @Option(
            names = "--fail-on",
            paramLabel = "WORD",
            split = ",",
            description = "unreachable, shadowed, inert or any: when one is found the exit code is 2.")
    private List<String> failOn = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Mixin
    private AnalysisOptions analysis = new AnalysisOptions();

    @Override
    public Integer call() throws IOException {
        Set<RuleFinding.Word> failing = failing();
        AnalysisOptions.Read read = analysis.over(analysis.read(paths), overlay);
        if (read.isEmpty()) {
            AnalysisOptions.warn("no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        Reachability reachability = analysis.analyse(read.state(), PeerUnit.OWNER);
        List<RuleFinding> findings = reachability.ruleFindings();
        try (Output out = Output.to(output)) {
            switch (format) {
                case txt -> txt(reachability, findings, out);
                case json -> AnswerJson.write("plimsoll.policies/v1", reachability, out, json -> json(findings, json));
            }
        }
        if (analysis.refuses(read, reachability)) {
            return ExitCode.NOTHING_USABLE;
        }
        boolean fails = findings.stream()
                .anyMatch(finding -> failing.contains(finding.kind().word()));
        return fails ? ExitCode.GATE_NOT_MET : ExitCode.DONE;
    }

    private Set<RuleFinding.Word> failing() {
        Set<RuleFinding.Word> failing = EnumSet.noneOf(RuleFinding.Word.class);
        for (String written : AnalysisOptions.split(failOn)) {
            switch (written.toLowerCase(Locale.ROOT)) {
                case "any" -> failing.addAll(EnumSet.allOf(RuleFinding.Word.class));
                case "unreachable" -> failing.add(RuleFinding.Word.UNREACHABLE);
                case "shadowed" -> failing.add(RuleFinding.Word.SHADOWED);
                case "inert" -> failing.add(RuleFinding.Word.INERT);
                default ->
                    throw new UsageProblem("--fail-on takes unreachable, shadowed, inert or any, not " + written);
            }
        }
        return failing;
    }

    private static void txt(Reachability reachability, List<RuleFinding> findings, Output out) {
        for (RuleFinding each : findings) {
            String name = each.rule().isEmpty() ? "" : " (" + each.rule() + ")";
            out.line(word(each.kind().word()) + ": " + each.policy() + " " + each.path() + name + ": " + each.why()
                    + " [" + each.source() + "]");
        }
        out.line(reachability.coverage().analysed() + " policies; "
                + count(findings, RuleFinding.Word.UNREACHABLE) + " unreachable, "
                + count(findings, RuleFinding.Word.SHADOWED) + " shadowed, "
                + count(findings, RuleFinding.Word.INERT) + " inert");
    }

    private static long count(List<RuleFinding> findings, RuleFinding.Word word) {
        return findings.stream().filter(each -> each.kind().word() == word).count();
    }

    private static String word(RuleFinding.Word word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static void json(List<RuleFinding> findings, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("summary");
        for (RuleFinding.Word word : RuleFinding.Word.values()) {
            json.writeNumberField(word(word), count(findings, word));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("findings");
        for (RuleFinding each : findings) {
            json.writeStartObject();
            json.writeStringField("word", word(each.kind().word()));
            json.writeStringField("kind", each.kind().name());
            json.writeStringField("policy", each.policy().toString());
            json.writeStringField("path", each.path());
            if (!each.rule().isEmpty()) {
                json.writeStringField("rule", each.rule());
            }
            json.writeStringField("why", each.why());
            json.writeArrayFieldStart("by");
            for (RuleFinding.Reference by : each.by()) {
                json.writeStartObject();
                json.writeStringField("policy", by.policy().toString());
                json.writeStringField("path", by.path());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("source", each.source().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
