package io.plimsoll.identity;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller of the present request. The token was verified before: signature, issuer, audience, expiry. */
@ApplicationScoped
public class Callers {

    /** The claim that names teams, as the realm maps groups to it. */
    static final String TEAMS = "teams";

    private static final int TEAMS_MAX = 1_000;

    private final CurrentIdentityAssociation association;

    Callers(CurrentIdentityAssociation association) {
        this.association = association;
    }

    /** @throws ProblemException of {@link Problem#UNAUTHENTICATED} where no token came with the request */
    public Caller caller() {
        return of(association.getIdentity());
    }

    /** @throws ProblemException of {@link Problem#UNAUTHENTICATED} where nobody is named */
    public static Caller of(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "a bearer token is needed");
        }
        Set<Role> roles = new TreeSet<>();
        identity.getRoles().forEach(role -> Role.of(role).ifPresent(roles::add));
        return new Caller(String.valueOf(token.getName()), roles, teams(token));
    }

    private static Set<String> teams(JsonWebToken token) {
        Set<String> teams = new TreeSet<>();
        Object claim = token.getClaim(TEAMS);
        if (claim instanceof Collection<?> all) {
            all.stream()
                    .limit(TEAMS_MAX)
                    .map(Callers::text)
                    .filter(team -> !team.isEmpty())
                    .forEach(teams::add);
        }
        return teams;
    }

    private static String text(Object value) {
        return switch (value) {
            case JsonString string -> string.getString();
            case JsonValue other -> "";
            default -> value.toString();
        };
    }

    /** The token as it came, to be handed on unchanged; empty where there is none. */
    public String bearer() {
        return association.getIdentity().getPrincipal() instanceof OidcJwtCallerPrincipal principal
                ? principal.getRawToken()
                : "";
    }
}
