package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.idle.AskedRule.Stage;
import io.plimsoll.segmentation.idle.Ground.Match;
import io.plimsoll.segmentation.idle.Ground.TierPolicy;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Asks the rules of one profile with some left out: does one of the others make a difference? One thread. */
final class Trial {

    /** Where a profile has more rules of cluster-wide policies, only those are tried that nothing reaches; the others count as effective. */
    static final int TIER_RULES_MAX = 400;

    /** What every point comes to, and where pods stand for their node, what it comes to on the way. */
    private record Result(List<Object> parts) {}

    /** Why a rule makes no difference here. */
    record Reason(RuleFinding.Kind kind, List<RuleFinding.Reference> by) {}

    private final Ground ground;
    private final List<DeclaredPolicy> declared;
    private final BitSet leftOut;
    private final BitSet policiesLeftOut;

    /**
     * @param leftOut numbers of rules
     * @param policiesLeftOut numbers of NetworkPolicies
     */
    Trial(Ground ground, List<DeclaredPolicy> declared, BitSet leftOut, BitSet policiesLeftOut) {
        this.ground = ground;
        this.declared = declared;
        this.leftOut = leftOut;
        this.policiesLeftOut = policiesLeftOut;
    }

    /** The rules that each by itself could be left out of this profile, by number; of those asked for. */
    BitSet idle(BitSet asked) {
        BitSet idle = new BitSet();
        List<Match> mine =
                ground.policies().stream().filter(match -> !leftOut(match)).toList();
        Points once = ground.none();
        Points twice = ground.none();
        Points onceSure = ground.none();
        Points twiceSure = ground.none();
        for (Match match : mine) {
            Points perhaps = match.all();
            twice.or(perhaps.copy().and(once));
            once.or(perhaps);
            twiceSure.or(match.certain().copy().and(onceSure));
            onceSure.or(match.certain());
        }
        once.minus(twice);
        onceSure.minus(twiceSure);
        Points open = null;
        for (Match match : mine) {
            if (asked.get(match.rule().number())) {
                Points own = match.certain().copy().and(onceSure).or(match.all().and(once));
                if (!own.isEmpty() && open == null) {
                    open = openToPolicies();
                }
                idle.set(match.rule().number(), open == null || own.isEmpty() || !own.meets(open));
            }
        }
        idle.or(idleOfTiers(asked));
        return idle;
    }

    private BitSet idleOfTiers(BitSet asked) {
        BitSet idle = new BitSet();
        List<Match> tried = ground.tiers().stream()
                .flatMap(policy -> policy.rules().stream())
                .filter(match -> !leftOut(match))
                .toList();
        Result with = null;
        for (Match match : tried) {
            int number = match.rule().number();
            if (asked.get(number)) {
                if (isNotReached(match)) {
                    idle.set(number);
                } else if (tried.size() <= TIER_RULES_MAX) {
                    with = with == null ? result(-1) : with;
                    idle.set(number, result(number).equals(with));
                }
            }
        }
        return idle;
    }

    /** Why one rule that makes no difference does not. */
    Reason reason(int number) {
        for (Match match : ground.policies()) {
            if (match.rule().number() == number) {
                return ofPolicy(match);
            }
        }
        for (TierPolicy policy : ground.tiers()) {
            for (Match match : policy.rules()) {
                if (match.rule().number() == number) {
                    return ofTier(match);
                }
            }
        }
        throw new IllegalArgumentException("no rule of this profile: " + number);
    }

    private Reason ofPolicy(Match match) {
        if (match.all().isEmpty()) {
            return new Reason(RuleFinding.Kind.NO_PEER, List.of());
        }
        Points left = match.all();
        List<RuleFinding.Reference> by = new ArrayList<>();
        List<Match> others = ground.policies().stream()
                .filter(other -> other.rule().number() != match.rule().number() && !leftOut(other))
                .toList();
        for (Match other : others) {
            if (match.certain().isWithin(other.certain()) && left.isWithin(other.all())) {
                return new Reason(
                        RuleFinding.Kind.SHADOWED, List.of(other.rule().reference()));
            }
        }
        for (Match other : others) {
            if (other.all().meets(left)) {
                by.add(other.rule().reference());
                left.minus(other.all());
            }
        }
        if (!left.isEmpty()) {
            by.addAll(0, deciding(left, Stage.ADMIN));
        }
        return new Reason(RuleFinding.Kind.SHADOWED, by);
    }

    private Reason ofTier(Match match) {
        if (match.all().isEmpty()) {
            return new Reason(RuleFinding.Kind.NO_PEER, List.of());
        }
        if (!isNotReached(match)) {
            return new Reason(RuleFinding.Kind.SAME_WITHOUT, List.of());
        }
        List<RuleFinding.Reference> by = new ArrayList<>(deciding(match.all(), match.rule()));
        List<Integer> isolating = ground.isolating(policiesLeftOut);
        if (match.rule().stage() == Stage.BASELINE && !isolating.isEmpty()) {
            List<RuleFinding.Reference> policies = isolating.stream()
                    .map(policy ->
                            new RuleFinding.Reference(declared.get(policy).id(), "spec"))
                    .toList();
            return new Reason(RuleFinding.Kind.TIER_NOT_REACHED, policies);
        }
        return new Reason(RuleFinding.Kind.SHADOWED, by);
    }

    private boolean leftOut(Match match) {
        return leftOut.get(match.rule().number());
    }

    /** Points of which NetworkPolicies are asked; those of nodes stand for any address. */
    private Points openToPolicies() {
        Points open = tier(Stage.ADMIN, -1).endOfTier().undecided();
        return ground.onNodes().isEmpty() ? open : open.copy().or(ground.ranges());
    }

    /** True when all that a rule of a tier matches is decided before it is asked. */
    private boolean isNotReached(Match match) {
        Points matched = match.all();
        if (match.rule().stage() == Stage.BASELINE) {
            if (!ground.isolating(policiesLeftOut).isEmpty()) {
                return true;
            }
            matched.and(tier(Stage.ADMIN, -1).endOfTier().undecided());
        }
        return !matched.meets(openBefore(match.rule()));
    }

    /** What is open within the tier when a rule is asked. */
    private Points openBefore(AskedRule asked) {
        Standings row = Standings.untouched(ground.all());
        TierPolicy own = null;
        for (TierPolicy policy : ground.tiers()) {
            if (policy.rules().stream().anyMatch(match -> match.rule().number() == asked.number())) {
                own = policy;
            }
        }
        if (own == null) {
            throw new IllegalArgumentException("no rule of a tier: " + asked);
        }
        for (List<TierPolicy> band : bands(asked.stage())) {
            if (band.getFirst().from().band() < own.from().band()) {
                row = row.then(band(band, -1));
            }
        }
        Standings here = Standings.untouched(ground.all());
        for (Match match : own.rules()) {
            if (match.rule().number() < asked.number() && !leftOut(match)) {
                here = here.decide(match.rule().action(), match.certain(), match.unsure());
            }
        }
        return row.undecided().copy().and(here.undecided());
    }

    /** The rules of a tier before one that decide some of the points. */
    private List<RuleFinding.Reference> deciding(Points points, AskedRule before) {
        List<RuleFinding.Reference> by =
                before.stage() == Stage.BASELINE ? new ArrayList<>(deciding(points, Stage.ADMIN)) : new ArrayList<>();
        by.addAll(deciding(points, before.stage(), before.number()));
        return by;
    }

    private List<RuleFinding.Reference> deciding(Points points, Stage stage) {
        return deciding(points, stage, Integer.MAX_VALUE);
    }

    private List<RuleFinding.Reference> deciding(Points points, Stage stage, int end) {
        List<RuleFinding.Reference> by = new ArrayList<>();
        Points left = points.copy();
        for (TierPolicy policy : ground.tiers()) {
            for (Match match : policy.rules()) {
                boolean earlier = match.rule().stage() == stage && match.rule().number() < end;
                if (earlier && !leftOut(match) && match.certain().meets(left)) {
                    by.add(match.rule().reference());
                    left.minus(match.certain());
                }
            }
        }
        return by;
    }

    /** @param without number of one more rule to leave out, or -1 */
    private Result result(int without) {
        Standings admin = tier(Stage.ADMIN, without).endOfTier();
        Standings policies = policies();
        Standings baseline = tier(Stage.BASELINE, without);
        Standings.Outcome outcome = admin.then(policies).then(baseline).outcome(ground.all());
        if (ground.onNodes().isEmpty()) {
            return new Result(List.of(outcome));
        }
        // What NetworkPolicies say of a node is not worked out here: where it counts, nothing around it may change.
        Points elsewhere = ground.all().copy().minus(ground.onNodes());
        return new Result(List.of(outcome.at(elsewhere), admin.at(ground.onNodes()), baseline.at(ground.onNodes())));
    }

    private Standings policies() {
        if (ground.isolating(policiesLeftOut).isEmpty()) {
            return Standings.untouched(ground.all());
        }
        Points allowed = ground.none();
        Points perhaps = ground.none();
        for (Match match : ground.policies()) {
            if (!leftOut(match)) {
                allowed.or(match.certain());
                perhaps.or(match.unsure());
            }
        }
        return Standings.isolated(ground.all(), allowed, perhaps);
    }

    private Standings tier(Stage stage, int without) {
        Standings row = Standings.untouched(ground.all());
        for (List<TierPolicy> band : bands(stage)) {
            row = row.then(band(band, without));
        }
        return row;
    }

    private Standings band(List<TierPolicy> band, int without) {
        Standings all = null;
        for (TierPolicy policy : band) {
            Standings own = Standings.untouched(ground.all());
            for (Match match : policy.rules()) {
                if (!leftOut(match) && match.rule().number() != without) {
                    own = own.decide(match.rule().action(), match.certain(), match.unsure());
                }
            }
            if (!policy.from().policy().inForce()) {
                own = own.or(Standings.untouched(ground.all()));
            }
            all = all == null ? own : all.besides(own);
        }
        return all == null ? Standings.untouched(ground.all()) : all;
    }

    private List<List<TierPolicy>> bands(Stage stage) {
        List<List<TierPolicy>> bands = new ArrayList<>();
        TierPolicy before = null;
        for (TierPolicy policy : ground.tiers()) {
            if (policy.from().stage() == stage) {
                if (before == null || before.from().band() != policy.from().band()) {
                    bands.add(new ArrayList<>());
                }
                bands.getLast().add(policy);
                before = policy;
            }
        }
        return bands;
    }
}
