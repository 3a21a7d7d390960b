package io.plimsoll.stagescoring.api;

import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.identity.Caller;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.KernelCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may see, as conditions on rows. A scope is seen by its teams (see {@link Caller#sees}); a row by its own team, or, where nobody
 * owns it, by the scopes it stands in.
 */
final class Sight {

    private final Caller caller;

    Sight(Caller caller) {
        this.caller = caller;
    }

    /** A condition with its values; the empty text is true. */
    record Condition(String sql, List<@Nullable Object> values) {

        static final Condition TRUE = new Condition("", List.of());

        Condition and(Condition other) {
            if (sql.isEmpty()) {
                return other;
            }
            if (other.sql.isEmpty()) {
                return this;
            }
            List<@Nullable Object> all = new ArrayList<>(values);
            all.addAll(other.values);
            return new Condition("(" + sql + ") and (" + other.sql + ")", all);
        }

        /** As the part of a statement that begins with {@code where}, or nothing. */
        String where() {
            return sql.isEmpty() ? "" : " where " + sql;
        }

        static Condition of(String sql, @Nullable Object... values) {
            return new Condition(sql, java.util.Arrays.asList(values));
        }
    }

    /** On rows with {@code teams}. */
    Condition ofScopes() {
        return caller.seesAll() ? Condition.TRUE : Condition.of("teams <> '{}' and teams <@ ?", caller.visibleTeams());
    }

    /** On rows with {@code cluster}, {@code namespace} and {@code team}. */
    Condition ofRows() {
        return caller.seesAll()
                ? Condition.TRUE
                : Condition.of(
                        "team = any(?) or team = '' and exists (select 1 from scope s where (s.id = 'organisation'"
                                + " or s.id = 'cluster/' || cluster"
                                + " or namespace <> '' and (s.id = 'namespace/' || cluster || '/' || namespace"
                                + " or starts_with(s.id, 'application/' || cluster || '/' || namespace || '/' || application)"
                                + " and (application = ''"
                                + " or s.id = 'application/' || cluster || '/' || namespace || '/' || application)))"
                                + " and not s.gone and s.teams <> '{}' and s.teams <@ ?)",
                        caller.visibleTeams(),
                        caller.visibleTeams());
    }

    boolean sees(List<String> teams) {
        return caller.sees(teams);
    }

    /**
     * @throws ProblemException of {@link Problem#MALFORMED} when the reference names no scope that could have a stage
     */
    static ScopeKey scope(ScopeRef ref) {
        try {
            return KernelCodec.fromWire(ref);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.MALFORMED, "not the reference of a scope: " + e.getMessage());
        }
    }

    /** Rows of a scope, on {@code cluster}, {@code namespace}, {@code team} and {@code application}. */
    static Condition within(ScopeKey scope) {
        List<String> parts = List.of(scope.id().split("/", 4));
        return switch (scope.kind()) {
            case ORGANISATION -> Condition.TRUE;
            case TEAM -> Condition.of("team = ?", scope.id().substring("team/".length()));
            case CLUSTER -> Condition.of("cluster = ?", parts.get(1));
            case NAMESPACE -> Condition.of("cluster = ? and namespace = ?", parts.get(1), parts.get(2));
            case APPLICATION ->
                // What belongs to a namespace as a whole counts for each of its applications.
                Condition.of(
                        "cluster = ? and namespace = ? and application in (?, '')",
                        parts.get(1),
                        parts.get(2),
                        parts.get(3));
        };
    }
}
