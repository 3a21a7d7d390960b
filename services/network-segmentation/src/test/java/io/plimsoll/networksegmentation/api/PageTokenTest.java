package io.plimsoll.networksegmentation.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

    private static final Version NOW = new Version(1, 7, 2);

    private static void refused(Problem problem, Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void comesBackAsItWas() {
        PageToken token = new PageToken(12, 34);
        assertThat(PageToken.read(token.text("question", NOW), "question", NOW)).isEqualTo(token);
        assertThat(PageToken.read("", "question", NOW)).isEqualTo(new PageToken(0, 0));
    }

    @Test
    void isRefusedWithAnotherQuestionAndEndedByAnotherSnapshot() {
        String text = new PageToken(1, 2).text("question", NOW);
        refused(Problem.PAGE_TOKEN_INVALID, () -> PageToken.read(text, "another", NOW));
        refused(Problem.SNAPSHOT_MOVED, () -> PageToken.read(text, "question", new Version(1, 8, 2)));
        refused(Problem.SNAPSHOT_MOVED, () -> PageToken.read(text, "question", new Version(1, 7, 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!", "AAAA", "Li4vLi4", "%00"})
    void isRefusedWhenItIsNone(String text) {
        refused(Problem.PAGE_TOKEN_INVALID, () -> PageToken.read(text, "question", NOW));
    }

    @Test
    void aPageIsBounded() {
        assertThat(PageToken.size(0)).isEqualTo(100);
        assertThat(PageToken.size(500)).isEqualTo(500);
        refused(Problem.MALFORMED, () -> PageToken.size(501));
        refused(Problem.MALFORMED, () -> PageToken.size(-1));
    }
}
