package io.plimsoll.gateway.api;

import io.plimsoll.identity.TokenProblem;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Before anything is looked up: without a valid token nobody learns what there is below {@code /api}. */
public class TokenFilter {

    private final CurrentIdentityAssociation association;

    TokenFilter(CurrentIdentityAssociation association) {
        this.association = association;
    }

    @ServerRequestFilter(preMatching = true)
    public Uni<@Nullable Response> check(UriInfo request) {
        if (!request.getPath().startsWith("/api")) {
            return Uni.createFrom().nullItem();
        }
        return association
                .getDeferredIdentity()
                .<@Nullable Response>map(identity -> identity.isAnonymous() ? bearerNeeded() : null)
                .onFailure()
                .recoverWithItem(failure -> ProblemJson.response(TokenProblem.of(failure)));
    }

    private static Response bearerNeeded() {
        return ProblemJson.response(new ProblemException(Problem.UNAUTHENTICATED, "a bearer token is needed"));
    }
}
