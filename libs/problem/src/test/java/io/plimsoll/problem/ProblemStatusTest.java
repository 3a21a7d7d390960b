package io.plimsoll.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemStatusTest {

    @ParameterizedTest
    @EnumSource(Problem.class)
    void crossesTheWireAsItIs(Problem problem) {
        ProblemException sent = new ProblemException(problem, "cluster prod, größer als erlaubt")
                .at("shop/web ü.yaml, document 900, line 12")
                .over("64 % of 100")
                .retryAfter(Duration.ofMillis(1_500));

        ProblemException got = ProblemStatus.fromGrpc(ProblemStatus.toGrpc(sent));

        assertThat(got.problem()).isEqualTo(problem);
        assertThat(got.detail()).isEqualTo(sent.detail());
        assertThat(got.place()).isEqualTo(sent.place());
        assertThat(got.limit()).isEqualTo(sent.limit());
        assertThat(got.retryAfter()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(ProblemStatus.toGrpc(sent).getStatus().getCode()).isEqualTo(problem.grpc());
    }

    @Test
    void givesEveryStatusWithoutAWordOneOfOurs() {
        assertThat(Arrays.stream(Status.Code.values()).map(Problem::of)).doesNotContainNull();
        assertThat(ProblemStatus.fromGrpc(Status.UNAVAILABLE.asRuntimeException())
                        .problem())
                .isEqualTo(Problem.SERVICE_AWAY);
        assertThat(ProblemStatus.fromGrpc(new IllegalStateException("secret")).detail())
                .doesNotContain("secret");
    }

    @Test
    void believesNoTrailerItCannotRead() {
        Metadata trailers = new Metadata();
        trailers.put(Metadata.Key.of("plimsoll-problem", Metadata.ASCII_STRING_MARSHALLER), "no-such-word");
        trailers.put(Metadata.Key.of("plimsoll-retry-after-millis", Metadata.ASCII_STRING_MARSHALLER), "-1");
        trailers.put(Metadata.Key.of("plimsoll-place", Metadata.ASCII_STRING_MARSHALLER), "%zz");

        ProblemException got =
                ProblemStatus.fromGrpc(new StatusRuntimeException(Status.NOT_FOUND.withDescription("gone"), trailers));

        assertThat(got.problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(got.retryAfter()).isNull();
        assertThat(got.place()).isEqualTo("%zz");
    }

    @Test
    void wordsAreDistinctAndFoundAgain() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::slug)).doesNotHaveDuplicates();
        for (Problem problem : Problem.values()) {
            assertThat(Problem.ofSlug(problem.slug())).contains(problem);
        }
    }
}
