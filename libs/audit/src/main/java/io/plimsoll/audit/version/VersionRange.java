package io.plimsoll.audit.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions between bounds, all of which hold: {@code >= 1.14.0, <= 1.14.4}. A lower bound without a patch takes in every build
 * of that release, so {@code >= 1.10, < 1.10.0-beta.3} is not empty.
 */
public record VersionRange(List<Bound> bounds) {

    /** How a bound compares. */
    public enum Relation {
        AT_LEAST(">="),
        ABOVE(">"),
        AT_MOST("<="),
        BELOW("<"),
        EXACTLY("=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /** One bound. */
    public record Bound(Relation relation, KubernetesVersion version) {
        boolean holds(KubernetesVersion asked) {
            int order = asked.compareTo(version);
            return switch (relation) {
                case AT_LEAST -> order >= 0;
                case ABOVE -> order > 0;
                case AT_MOST -> order <= 0;
                case BELOW -> order < 0;
                case EXACTLY -> order == 0;
            };
        }
    }

    private static final Pattern BOUND = Pattern.compile("\\s*(>=|<=|>|<|==|=)?\\s*(v?[0-9][^\\s,]*)\\s*");
    private static final Pattern NO_PATCH = Pattern.compile("v?\\d+\\.\\d+");

    public VersionRange {
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("a range without bounds");
        }
        bounds = List.copyOf(bounds);
    }

    /** @throws IllegalArgumentException naming the part that cannot be read */
    public static VersionRange of(String text) {
        List<Bound> bounds = new ArrayList<>();
        for (String part : text.split(",")) {
            Matcher bound = BOUND.matcher(part);
            if (!bound.matches()) {
                throw new IllegalArgumentException("not a range of versions: \"" + text + "\" at \"" + part + "\"");
            }
            Relation relation = relation(bound.group(1));
            KubernetesVersion version = KubernetesVersion.of(bound.group(2));
            boolean whole = relation == Relation.AT_LEAST
                    && NO_PATCH.matcher(bound.group(2)).matches();
            bounds.add(new Bound(relation, whole ? version.earliest() : version));
        }
        return new VersionRange(bounds);
    }

    private static Relation relation(String sign) {
        for (Relation each : Relation.values()) {
            if (each.sign.equals(sign)) {
                return each;
            }
        }
        return Relation.EXACTLY;
    }

    public boolean contains(KubernetesVersion version) {
        return bounds.stream().allMatch(bound -> bound.holds(version));
    }
}
