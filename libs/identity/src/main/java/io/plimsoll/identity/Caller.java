package io.plimsoll.identity;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whoever asks.
 *
 * @param name for logs and histories: the user's name, or the client's
 * @param roles what they may do
 * @param teams whose scopes they see, unless a role lets them see all
 */
public record Caller(String name, Set<Role> roles, Set<String> teams) {

    private static final Set<Role> SEE_ALL = EnumSet.of(Role.SECURITY, Role.ADMIN, Role.SERVICE);

    public Caller {
        roles = Set.copyOf(roles);
        teams = Set.copyOf(teams);
    }

    /** Whether every scope is theirs to see. */
    public boolean seesAll() {
        return roles.stream().anyMatch(SEE_ALL::contains);
    }

    /**
     * Whether what belongs to these teams is theirs to see: something of it is their team's, and nothing of it is another's.
     *
     * @param owners the teams it belongs to; empty when nobody owns it, which only those who see all may see
     */
    public boolean sees(Collection<String> owners) {
        return seesAll() || reads() && !owners.isEmpty() && teams.containsAll(owners);
    }

    /** The teams to filter by; only of use where they do not see all. */
    public Set<String> visibleTeams() {
        return reads() ? teams : Set.of();
    }

    private boolean reads() {
        return roles.contains(Role.VIEWER) || roles.contains(Role.OWNER);
    }

    /**
     * @throws ProblemException of {@link Problem#FORBIDDEN} when they have none of these roles
     */
    public void require(Role... oneOf) {
        for (Role role : oneOf) {
            if (roles.contains(role)) {
                return;
            }
        }
        throw new ProblemException(
                Problem.FORBIDDEN, "this needs the role " + Role.list(oneOf) + "; the token has " + Role.list(roles));
    }
}
