package io.plimsoll.maturity.model;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import java.util.List;

/**
 * Who a gate is asked of.
 *
 * @param where all must hold: {@code application}, {@code application-namespace}, {@code exposed}, {@code not-exposed},
 *     {@code long-running}, {@code holds-exposed}, {@code production-or-exposed}
 * @param whenEmpty population asked instead when this one is empty, so that a gate never gets easier by hiding the entry;
 *     empty for none
 */
public record Population(String id, SubjectKind subject, List<String> where, String whenEmpty) {

    public Population {
        where = List.copyOf(where);
        for (String predicate : where) {
            switch (predicate) {
                case "application",
                        "application-namespace",
                        "exposed",
                        "not-exposed",
                        "long-running",
                        "holds-exposed",
                        "production-or-exposed" -> {}
                default -> throw new IllegalArgumentException("population " + id + ": no predicate " + predicate);
            }
        }
    }

    public boolean holds(Subject candidate) {
        return candidate.id().kind() == subject && where.stream().allMatch(predicate -> holds(predicate, candidate));
    }

    private static boolean holds(String predicate, Subject subject) {
        return switch (predicate) {
            case "application" -> subject.tier() == Tier.APPLICATION;
            case "exposed" -> subject.exposure().countsForSecurity();
            case "not-exposed" -> !subject.exposure().countsForSecurity();
            case "production-or-exposed" ->
                subject.lifecycle() == Lifecycle.PRODUCTION || subject.has(Subject.HOLDS_EXPOSED);
            default -> subject.has(predicate);
        };
    }
}
