package io.plimsoll.gateway.api;

import io.plimsoll.identity.TokenProblem;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever a question ends with, as a problem. What nobody foresaw is told as such and logged here once. */
public class ProblemMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        if (problem.problem() == Problem.INTERNAL) {
            LOG.atError().setCause(problem).log("a question failed");
        }
        return ProblemJson.response(problem);
    }

    @ServerExceptionMapper
    @Priority(Priorities.AUTHENTICATION)
    public Response unauthorized(UnauthorizedException problem) {
        return ProblemJson.response(new ProblemException(Problem.UNAUTHENTICATED, "a bearer token is needed"));
    }

    @ServerExceptionMapper
    @Priority(Priorities.AUTHENTICATION)
    public Response unauthenticated(AuthenticationFailedException problem) {
        return ProblemJson.response(TokenProblem.of(problem));
    }

    /** Nobody can say whether the token is good. */
    @ServerExceptionMapper
    public Response issuerAway(OIDCException failure) {
        return ProblemJson.response(TokenProblem.of(failure));
    }

    @ServerExceptionMapper
    @Priority(Priorities.AUTHENTICATION)
    public Response forbidden(ForbiddenException problem) {
        return ProblemJson.response(new ProblemException(Problem.FORBIDDEN, "the token's roles do not allow this"));
    }

    @ServerExceptionMapper
    public Response other(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        Problem problem =
                switch (status) {
                    case 401 -> Problem.UNAUTHENTICATED;
                    case 403 -> Problem.FORBIDDEN;
                    case 404 -> Problem.NOT_FOUND;
                    case 405 -> Problem.METHOD_NOT_ALLOWED;
                    case 406 -> Problem.NOT_ACCEPTABLE;
                    case 413 -> Problem.TOO_LARGE;
                    case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
                    default -> status < 500 ? Problem.MALFORMED : Problem.INTERNAL;
                };
        return ProblemJson.response(new ProblemException(problem, problem.title()));
    }

    @ServerExceptionMapper
    public Response unforeseen(Throwable failure) {
        LOG.atError().setCause(failure).log("a question failed in a way nobody foresaw");
        return ProblemJson.response(
                new ProblemException(Problem.INTERNAL, "something went wrong here; the log says what"));
    }
}
