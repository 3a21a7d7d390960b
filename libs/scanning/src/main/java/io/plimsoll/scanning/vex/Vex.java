package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import io.plimsoll.scanning.pack.Package;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The front door: documents applied to an image's answer. Of the statements that speak of a finding the latest stands. One by
 * path sets a finding aside only when every place the package was seen at is covered. What is set aside stays in the answer,
 * with who says so.
 */
public final class Vex {
    private record Sourced(VexStatement statement, String source) {}

    private final Map<String, List<Sourced>> byVulnerability = new HashMap<>();

    public Vex(List<VexDocument> documents) {
        List<Sourced> all = new ArrayList<>();
        for (VexDocument document : documents) {
            document.statements().forEach(statement -> all.add(new Sourced(statement, document.source())));
        }
        // Latest first; stable, so that of two of one moment the earlier written stands.
        all.sort(Comparator.comparing((Sourced one) -> one.statement().made().orElse(Instant.MIN))
                .reversed());
        for (Sourced one : all) {
            for (String name : one.statement().vulnerabilities()) {
                byVulnerability
                        .computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(one);
            }
        }
    }

    public ImageAnswer apply(ImageAnswer answer, VexImage image) {
        List<Package> packages =
                answer.packages().stream().map(PackageAnswer::pack).toList();
        VexScope scope = new VexScope(image, packages);
        return new ImageAnswer(
                answer.packages().stream().map(one -> apply(one, scope)).toList(), answer.notices(), answer.gaps());
    }

    private PackageAnswer apply(PackageAnswer answer, VexScope scope) {
        List<Finding> findings = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>(answer.setAside());
        for (Finding finding : answer.findings()) {
            Optional<Sourced> stands = latest(finding, answer.pack(), scope);
            if (stands.isEmpty()) {
                findings.add(finding);
                continue;
            }
            VexStatement statement = stands.get().statement();
            String source = stands.get().source();
            switch (statement.status()) {
                case NOT_AFFECTED ->
                    setAside.add(new SetAside(finding, SetAside.Why.VEX_NOT_AFFECTED, source, statement.why()));
                case FIXED -> setAside.add(new SetAside(finding, SetAside.Why.VEX_FIXED, source, statement.why()));
                case UNDER_INVESTIGATION -> findings.add(finding.standing(Standing.UNDER_INVESTIGATION));
                case AFFECTED -> findings.add(finding);
            }
        }
        return new PackageAnswer(answer.pack(), findings, setAside, answer.gaps(), answer.judgedWith());
    }

    private Optional<Sourced> latest(Finding finding, Package pack, VexScope scope) {
        List<String> names = new ArrayList<>(finding.aliases());
        names.add(finding.vulnerability());
        Optional<Sourced> latest = Optional.empty();
        for (String name : names) {
            for (Sourced one : byVulnerability.getOrDefault(name, List.of())) {
                if (scope.covers(one.statement().products(), pack)) {
                    if (latest.isEmpty() || made(one).isAfter(made(latest.get()))) {
                        latest = Optional.of(one);
                    }
                    break;
                }
            }
        }
        return latest;
    }

    private static Instant made(Sourced one) {
        return one.statement().made().orElse(Instant.MIN);
    }
}
