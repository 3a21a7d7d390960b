package io.plimsoll.networksegmentation.api;

import io.plimsoll.api.segmentation.v1.Cause;
import io.plimsoll.api.segmentation.v1.Direction;
import io.plimsoll.api.segmentation.v1.ExplainedPorts;
import io.plimsoll.api.segmentation.v1.PairExplanation;
import io.plimsoll.api.segmentation.v1.RuleSay;
import io.plimsoll.api.segmentation.v1.RuleTier;
import io.plimsoll.kernel.Source;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.networksegmentation.flow.Tiers;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import io.plimsoll.wire.KernelCodec;
import java.util.List;
import java.util.Locale;

/** What rules say, in the contract's words. */
final class RuleCodec {

    static final int PIECES_MAX = 200;
    static final int RULES_MAX = 200;

    private RuleCodec() {}

    static PairExplanation toWire(SeenCluster cluster, Explanation explanation) {
        List<Explanation.Piece> pieces = explanation.pieces();
        PairExplanation.Builder wire = PairExplanation.newBuilder()
                .setSource(ConnectionCodec.toWire(explanation.source()))
                .setDestination(ConnectionCodec.toWire(explanation.destination()))
                .setPiecesLeftOut(Math.max(0, pieces.size() - PIECES_MAX));
        pieces.stream()
                .limit(PIECES_MAX)
                .forEach(piece -> wire.addPieces(ExplainedPorts.newBuilder()
                        .setPorts(SegmentationCodec.ports(piece.ports()))
                        .setVerdict(ConnectionCodec.toWire(piece.outcome()))
                        .setEgress(cause(
                                cluster,
                                piece.egress(),
                                io.plimsoll.segmentation.policy.Direction.EGRESS,
                                explanation.source(),
                                explanation.destination()))
                        .setIngress(cause(
                                cluster,
                                piece.ingress(),
                                io.plimsoll.segmentation.policy.Direction.INGRESS,
                                explanation.destination(),
                                explanation.source()))));
        return wire.build();
    }

    private static Cause cause(
            SeenCluster cluster,
            Explanation.Cause cause,
            io.plimsoll.segmentation.policy.Direction direction,
            Endpoint subject,
            Endpoint peer) {
        Cause.Builder wire = Cause.newBuilder()
                .setVerdict(ConnectionCodec.toWire(cause.outcome()))
                .setRulesLeftOut(Math.max(0, cause.reasons().size() - RULES_MAX));
        cause.reasons().stream()
                .limit(RULES_MAX)
                .forEach(reason -> wire.addRules(toWire(cluster, reason, direction, subject, peer)));
        return wire.build();
    }

    /**
     * One rule.
     *
     * @param subject whom it selects
     * @param peer the other end
     */
    static RuleSay toWire(
            SeenCluster cluster,
            Reason reason,
            io.plimsoll.segmentation.policy.Direction direction,
            Endpoint subject,
            Endpoint peer) {
        RuleSay.Builder wire = RuleSay.newBuilder()
                .setPolicy(KernelCodec.toWire(reason.object()))
                .setDirection(direction(direction))
                .setPath(reason.detail())
                .setSay(word(reason.effect()))
                .setTier(tier(Tiers.of(cluster, reason)))
                .setEffect(reason.effect().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setText(reason.text(subject, peer, direction));
        Source source = cluster.source(reason.object());
        if (!source.equals(Source.NONE)) {
            wire.setSource(KernelCodec.toWire(source));
        }
        return wire.build();
    }

    static Direction direction(io.plimsoll.segmentation.policy.Direction direction) {
        return switch (direction) {
            case INGRESS -> Direction.DIRECTION_INGRESS;
            case EGRESS -> Direction.DIRECTION_EGRESS;
        };
    }

    private static RuleTier tier(Tiers tier) {
        return switch (tier) {
            case WAY_IN -> RuleTier.RULE_TIER_WAY_IN;
            case ADMIN -> RuleTier.RULE_TIER_ADMIN;
            case NAMESPACE -> RuleTier.RULE_TIER_NAMESPACE;
            case BASELINE -> RuleTier.RULE_TIER_BASELINE;
            case MESH -> RuleTier.RULE_TIER_MESH;
            case UNKNOWN -> RuleTier.RULE_TIER_UNSPECIFIED;
        };
    }

    private static String word(Reason.Effect effect) {
        return switch (effect) {
            case ALLOWS, LEADS_IN -> "allow";
            case DENIES -> "deny";
            case PASSES -> "pass";
            case NO_RULES, PEER_NOT_NAMED, OTHER_PORTS, NAMES_UNKNOWN, LEADS_TO_OTHER_PORTS -> "isolate";
            case MAY_DECIDE, NOT_ANALYSED, ALLOWS_SOME_REQUESTS, DENIES_SOME_REQUESTS, WANTS_MUTUAL_TLS -> "unknown";
        };
    }
}
