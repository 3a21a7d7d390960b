package io.plimsoll.identity;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import java.time.Duration;

/** Why a token did not let its bearer in: it is not good, or nobody can say whether it is. */
public final class TokenProblem {

    private static final Duration AWAY = Duration.ofSeconds(2);

    private TokenProblem() {}

    /** @param failure of the verification; anything but a refusal means that the issuer's keys could not be had */
    public static ProblemException of(Throwable failure) {
        return failure instanceof AuthenticationFailedException
                ? new ProblemException(
                        Problem.UNAUTHENTICATED,
                        "the token is not valid here: wrong issuer or audience, expired, or damaged")
                : new ProblemException(
                                Problem.SERVICE_AWAY,
                                "tokens cannot be verified: their issuer cannot be reached",
                                failure)
                        .at("issuer")
                        .retryAfter(AWAY);
    }
}
