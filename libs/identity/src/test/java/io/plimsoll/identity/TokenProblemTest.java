package io.plimsoll.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import org.junit.jupiter.api.Test;

class TokenProblemTest {

    @Test
    void aRefusedTokenIsTheCallersFault() {
        assertThat(TokenProblem.of(new AuthenticationFailedException()).problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void anIssuerThatIsAwayIsNot() {
        ProblemException problem = TokenProblem.of(new OIDCException("OIDC Server is not available"));
        assertThat(problem.problem()).isEqualTo(Problem.SERVICE_AWAY);
        assertThat(problem.place()).isEqualTo("issuer");
        assertThat(problem.retryAfter()).isNotNull();
    }
}
