package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Explanation.Cause;
import io.plimsoll.segmentation.reach.Explanation.Outcome;
import io.plimsoll.segmentation.reach.Explanation.Piece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Explanations for people: pairs that some policy speaks of with their reasons, then all others in one list. */
public final class ExplanationText {

    private static final String RULE = "-".repeat(152);
    private static final String DEFAULT = " due to the system default (Allow all)";

    private ExplanationText() {}

    /** The lines of a report, each without its end. */
    public static Stream<String> lines(Stream<Explanation> explanations) {
        List<Explanation> all = explanations.toList();
        List<Explanation> specific =
                all.stream().filter(each -> !each.isDefault()).toList();
        List<String> open = all.stream()
                .filter(Explanation::isDefault)
                .map(each -> each.source() + " => " + each.destination())
                .toList();
        return Stream.of(
                        specific.isEmpty() ? Stream.<String>empty() : heading("Specific connections and their reasons"),
                        specific.stream().flatMap(ExplanationText::lines),
                        open.isEmpty() ? Stream.<String>empty() : heading("All Connections" + DEFAULT),
                        open.stream())
                .flatMap(part -> part);
    }

    private static Stream<String> heading(String title) {
        String frame = "#".repeat(title.length() + 4);
        return Stream.of("", frame, "# " + title + " #", frame);
    }

    /** The lines of one pair. */
    public static Stream<String> lines(Explanation explanation) {
        Stream.Builder<String> lines = Stream.builder();
        lines.add(RULE);
        lines.add("Connections between " + explanation.source() + " => " + explanation.destination() + ":");
        lines.add("");
        for (Outcome outcome : Outcome.values()) {
            List<Piece> pieces = explanation.pieces().stream()
                    .filter(piece -> piece.outcome() == outcome)
                    .toList();
            if (!pieces.isEmpty()) {
                lines.add(word(outcome) + " connections:");
                pieces.forEach(piece -> add(lines, explanation, piece));
            }
        }
        return lines.build();
    }

    private static void add(Stream.Builder<String> lines, Explanation explanation, Piece piece) {
        String title = "\t" + word(piece.outcome()) + " " + ports(piece.ports());
        if (piece.egress().isDefault() && piece.ingress().isDefault()) {
            boolean sameNode = piece.outcome() == Outcome.UNKNOWN;
            lines.add(title + (sameNode ? " unless both are on one node" : DEFAULT));
        } else {
            lines.add(title + " due to the following policies and rules:");
            cause(lines, piece.egress(), Direction.EGRESS, explanation.source(), explanation.destination());
            cause(lines, piece.ingress(), Direction.INGRESS, explanation.destination(), explanation.source());
        }
        lines.add("");
    }

    private static void cause(
            Stream.Builder<String> lines, Cause cause, Direction direction, Endpoint subject, Endpoint peer) {
        String title = "\t\t" + direction.type() + " (" + word(cause.outcome()) + ")";
        if (cause.isDefault()) {
            lines.add(title + DEFAULT);
            return;
        }
        lines.add(title);
        Map<String, StringJoiner> byKind = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Reason reason : cause.reasons()) {
            String kind = reason.object().kind();
            counts.merge(kind, 1, Integer::sum);
            byKind.computeIfAbsent(kind, unused -> new StringJoiner("\n")).add(reason.text(subject, peer, direction));
        }
        byKind.forEach((kind, texts) -> {
            boolean several = counts.getOrDefault(kind, 0) > 1;
            if (several) {
                lines.add("\t\t\t" + kind + " list:");
            }
            texts.toString().lines().forEach(text -> lines.add(several ? "\t\t\t\t- " + text : "\t\t\t" + text));
        });
        if (cause.reasons().stream().allMatch(reason -> reason.effect() == Reason.Effect.PASSES)
                && cause.outcome() == Outcome.ALLOWED) {
            lines.add("\t\t\tthe system default (Allow all)");
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> "Allowed";
            case DENIED -> "Denied";
            case UNKNOWN -> "Unknown";
        };
    }

    /** {@code TCP:[80,443], UDP}: a protocol by itself stands for all its ports. */
    private static String ports(PortSet ports) {
        StringJoiner protocols = new StringJoiner(", ");
        for (Protocol protocol : Protocol.values()) {
            PortSet every = PortSet.of(protocol, 1, PortSet.PORT_MAX);
            PortSet mine = ports.intersect(every);
            if (mine.equals(every)) {
                protocols.add(protocol.name());
            } else if (!mine.isEmpty()) {
                protocols.add(protocol + ":["
                        + mine.toString().substring(protocol.name().length() + 1) + "]");
            }
        }
        return protocols.toString();
    }
}
