package io.plimsoll.segmentation.idle;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.Comparator;
import java.util.List;

/**
 * A policy, a rule of one, or a peer of a rule that decides nothing in the cluster as it is. All that are found can be left out together and
 * no verdict changes: of rules that stand in for each other the one asked first stays. Of a rule that is left out the direction stays in effect,
 * as if {@code policyTypes} named it.
 *
 * @param path of what could be left out: {@code spec} for a whole policy, or for instance {@code spec.ingress[0]}
 * @param rule the name of the rule where it has one of its own, else empty
 * @param why one sentence
 * @param by the rules, or policies, that decide in its place, the first asked in front; at most {@link #BY_MAX}
 */
public record RuleFinding(
        Kind kind, ResourceId policy, String path, String rule, String why, List<Reference> by, Source source)
        implements Comparable<RuleFinding> {

    /** So many rules that decide in place of another are named. */
    public static final int BY_MAX = 10;

    private static final Comparator<RuleFinding> ORDER = Comparator.comparing(RuleFinding::policy)
            .thenComparing(RuleFinding::source)
            .thenComparing(RuleFinding::path)
            .thenComparing(RuleFinding::kind);

    /** How it comes that nothing is decided. */
    public enum Word {
        /** No traffic ever asks it. */
        UNREACHABLE,
        /** All it speaks of is decided by others. */
        SHADOWED,
        /** It decides, and without it the outcome would be the same. */
        INERT
    }

    /** What is the matter. */
    public enum Kind {
        /** The policy selects no pod of the input. */
        SELECTS_NOBODY(Word.UNREACHABLE),
        /** A cluster-wide policy without a rule. */
        NO_RULES(Word.UNREACHABLE),
        /** {@code policyTypes} leaves the rules' direction out. */
        NOT_IN_EFFECT(Word.UNREACHABLE),
        /** The rule cannot be read, and so allows nothing. */
        UNREADABLE(Word.UNREACHABLE),
        /** The peers of the rule are nobody that is in the input, and no address. */
        NO_PEER(Word.UNREACHABLE),
        /** One of several peers of a rule is nobody that is in the input, and no address. */
        PEER_NOT_THERE(Word.UNREACHABLE),
        /** The rule asks for ports by names that no pod has which receives. */
        NO_PORT(Word.UNREACHABLE),
        /** NetworkPolicies isolate every pod that the rule of the tier Baseline is for. */
        TIER_NOT_REACHED(Word.UNREACHABLE),
        /** Others decide all that the rule matches: the same tier, or an earlier one. */
        SHADOWED(Word.SHADOWED),
        /** The pods a policy isolates are isolated by others, and its rules add nothing. */
        REDUNDANT(Word.SHADOWED),
        /** What the rule decides comes out the same without it. */
        SAME_WITHOUT(Word.INERT);

        private final Word word;

        Kind(Word word) {
            this.word = word;
        }

        public Word word() {
            return word;
        }
    }

    /** A rule, or a whole policy where the path is {@code spec}. */
    public record Reference(ResourceId policy, String path) {
        @Override
        public String toString() {
            return policy + " " + path;
        }
    }

    public RuleFinding {
        by = List.copyOf(by);
    }

    @Override
    public int compareTo(RuleFinding other) {
        return ORDER.compare(this, other);
    }
}
