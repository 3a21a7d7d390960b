package io.plimsoll.cli.scan;

import static io.plimsoll.cli.scan.Terminal.shown;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.match.BaseShare;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.trust.Endorsement;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where an image comes from, who vouches for it and under which licences, for people. */
record LineageTable(PrintStream out) {

    private static final int LICENCES_SHOWN = 8;

    /** @param now what ages are counted to */
    void print(ImageReport report, Optional<Answered> answered, Instant now) {
        var lineage = report.lineage();
        lineage.created().ifPresent(made -> out.println("Made     " + made + ", " + age(made, now)));
        if (!lineage.source().isEmpty()) {
            String revision = lineage.revision().isEmpty() ? "" : " at " + shown(lineage.revision());
            out.println("Source   " + shown(lineage.source()) + revision);
        }
        lineage.base().ifPresent(base -> base(report, base, answered, now));
    }

    private void base(ImageReport report, BaseImage base, Optional<Answered> answered, Instant now) {
        String name = base.name().isEmpty() ? "name not said" : shown(base.name());
        String layers = base.layers() < 0 ? "" : ", the lowest " + base.layers() + " layers";
        String age = base.created().map(made -> ", " + age(made, now)).orElse("");
        out.println("Base     " + name + (base.digest().isEmpty() ? "" : "@" + shown(base.digest())) + layers + age);
        if (answered.isPresent() && base.layers() >= 0) {
            List<Answered.Row> rows = answered.get().rows();
            List<Answered.Row> below = rows.stream()
                    .filter(row -> BaseShare.isOf(base, row.pack().pack()))
                    .toList();
            // What a newer base would take away, and what only the application can.
            out.println("         " + below.size() + " of " + rows.size() + " weaknesses come from it");
            BaseShare share = BaseShare.of(report, base, answered.get().answer());
            if (!share.found().isEmpty()) {
                out.println("         made anew with today's packages it would be rid of "
                        + share.fixable().size() + " of " + share.found().size() + " names");
            }
        }
    }

    private static String age(Instant made, Instant now) {
        long days = Duration.between(made, now).toDays();
        return days < 0 ? "in the future" : days + " days old";
    }

    void endorsements(Endorsed endorsed) {
        if (!endorsed.asked()) {
            out.println("Signed   UNKNOWN: the registry could not be asked");
        } else if (endorsed.endorsements().isEmpty()) {
            out.println("Signed   no: nothing is attached");
        }
        for (Endorsement one : endorsed.endorsements()) {
            String what =
                    switch (one.kind()) {
                        case SIGNATURE -> "signature";
                        case ATTESTATION -> "attestation " + shown(one.predicateType());
                    };
            String standing =
                    switch (one.standing()) {
                        case Endorsement.Verified verified -> "by " + shown(verified.key()) + ": ";
                        case Endorsement.Unverified unverified -> "UNVERIFIED (" + shown(unverified.why()) + "): ";
                    };
            out.println("Signed   " + standing + what + ", " + shown(one.from()));
            one.provenance()
                    .ifPresent(made -> out.println("         built from " + orNotSaid(made.source()) + " at "
                            + orNotSaid(made.revision()) + " by " + orNotSaid(made.builder())));
        }
        endorsed.problems().forEach(problem -> out.println("         ! " + shown(problem)));
    }

    private static String orNotSaid(String text) {
        return text.isEmpty() ? "(not said)" : shown(text);
    }

    /** The most frequent, as declared; how many packages declare none. */
    void licences(List<Package> packages) {
        Map<String, Long> counts = packages.stream()
                .flatMap(pack -> pack.licences().stream())
                .collect(Collectors.groupingBy(licence -> licence, Collectors.counting()));
        if (counts.isEmpty()) {
            return;
        }
        long none = packages.stream().filter(pack -> pack.licences().isEmpty()).count();
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(LICENCES_SHOWN)
                .map(entry -> entry.getValue() + " " + shown(entry.getKey()))
                .collect(Collectors.joining(", "));
        String more = counts.size() > LICENCES_SHOWN ? " and " + (counts.size() - LICENCES_SHOWN) + " other" : "";
        out.println("Licences " + most + more + "; " + none + " packages declare none");
    }
}
