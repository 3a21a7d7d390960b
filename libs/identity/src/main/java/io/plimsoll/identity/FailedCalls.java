package io.plimsoll.identity;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a gRPC call that failed with the status of its problem; what nobody foresaw is told as such, and logged here once. */
@ApplicationScoped
public class FailedCalls implements ExceptionHandlerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(FailedCalls.class);

    @Override
    public <ReqT, RespT> ExceptionHandler<ReqT, RespT> createHandler(
            Listener<ReqT> listener, ServerCall<ReqT, RespT> call, Metadata metadata) {
        return new ExceptionHandler<>(listener, call, metadata) {
            @Override
            protected void handleException(Throwable failure, ServerCall<ReqT, RespT> failed, Metadata headers) {
                StatusRuntimeException ended = ended(failure);
                Metadata trailers = ended.getTrailers();
                failed.close(ended.getStatus(), trailers == null ? new Metadata() : trailers);
            }
        };
    }

    @Override
    public Throwable transform(Throwable failure) {
        return ended(failure);
    }

    private static StatusRuntimeException ended(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException e -> e;
            case StatusException e -> e.getStatus().asRuntimeException(e.getTrailers());
            case ProblemException e -> ProblemStatus.toGrpc(e);
            case UnauthorizedException e ->
                ProblemStatus.toGrpc(
                        new ProblemException(Problem.UNAUTHENTICATED, "no valid token came with the call"));
            case AuthenticationFailedException e -> ProblemStatus.toGrpc(TokenProblem.of(e));
            // Keycloak is away and its keys were never had: nobody can say whether the token is good.
            case OIDCException e -> ProblemStatus.toGrpc(TokenProblem.of(e));
            case ForbiddenException e ->
                ProblemStatus.toGrpc(new ProblemException(Problem.FORBIDDEN, "the token's roles do not allow this"));
            default -> {
                LOG.atError().setCause(failure).log("a call failed in a way nobody foresaw");
                yield Status.INTERNAL
                        .withDescription("something went wrong here; the log says what")
                        .asRuntimeException();
            }
        };
    }
}
