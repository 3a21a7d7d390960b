package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why one pair may or may not connect.
 *
 * @param pieces disjoint, together every port of every protocol; allowed ones first, then denied, then unknown
 */
public record Explanation(Endpoint source, Endpoint destination, List<Piece> pieces) {

    public Explanation {
        pieces = List.copyOf(pieces);
    }

    /** What becomes of traffic. */
    public enum Outcome {
        ALLOWED,
        DENIED,
        UNKNOWN
    }

    /** What one side says, and why; without a reason nobody selects the pods, and the default allows everything. */
    public record Cause(Outcome outcome, List<Reason> reasons) {

        static final Cause DEFAULT = new Cause(Outcome.ALLOWED, List.of());

        public Cause {
            reasons = List.copyOf(reasons);
        }

        public boolean isDefault() {
            return outcome == Outcome.ALLOWED && reasons.isEmpty();
        }
    }

    /** Ports for which both sides say the same, for the same reasons. */
    public record Piece(PortSet ports, Outcome outcome, Cause egress, Cause ingress) {}

    /** Ports for which one side says the same, for the same reasons. */
    record Part(PortSet ports, Cause cause) {}

    /** True when nobody selects either end. */
    public boolean isDefault() {
        return pieces.stream()
                .allMatch(piece -> piece.egress().isDefault() && piece.ingress().isDefault());
    }

    /** The piece a port is in. */
    public Piece at(PortSet port) {
        return pieces.stream()
                .filter(piece -> piece.ports().containsAll(port))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one port: " + port));
    }

    static Explanation of(Endpoint source, Endpoint destination, List<Part> sent, List<Part> received) {
        Map<List<Object>, Piece> pieces = new LinkedHashMap<>();
        for (Part egress : sent) {
            for (Part ingress : received) {
                PortSet ports = egress.ports().intersect(ingress.ports());
                if (!ports.isEmpty()) {
                    Outcome outcome =
                            both(egress.cause().outcome(), ingress.cause().outcome());
                    Piece piece = new Piece(ports, outcome, egress.cause(), ingress.cause());
                    pieces.merge(
                            List.of(outcome, egress.cause(), ingress.cause()),
                            piece,
                            (one, other) ->
                                    new Piece(one.ports().union(other.ports()), outcome, one.egress(), one.ingress()));
                }
            }
        }
        List<Piece> sorted = new ArrayList<>(pieces.values());
        sorted.sort(Comparator.comparing(Piece::outcome));
        return new Explanation(source, destination, sorted);
    }

    private static Outcome both(Outcome one, Outcome other) {
        if (one == Outcome.DENIED || other == Outcome.DENIED) {
            return Outcome.DENIED;
        }
        return one == Outcome.UNKNOWN || other == Outcome.UNKNOWN ? Outcome.UNKNOWN : Outcome.ALLOWED;
    }
}
