package io.plimsoll.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.util.Base64;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

    private static final String QUESTION = PageToken.question("findings", "cluster/prod", 3);

    private static Problem problem(Supplier<?> what) {
        return catchThrowableOfType(ProblemException.class, what::get).problem();
    }

    @Test
    void givesBackWhatThePageEndedWith() {
        String token = PageToken.of(QUESTION, "1.7", "web/ä", 41, new byte[] {0, -1, 7});

        PageToken read = PageToken.read(token, QUESTION).at("1.7");

        assertThat(read.first()).isFalse();
        assertThat(read.text(0)).isEqualTo("web/ä");
        assertThat(read.index(1)).isEqualTo(41);
        assertThat(read.bytes(2)).containsExactly(0, -1, 7);
    }

    @Test
    void beginsAtTheBeginningWithoutOne() {
        PageToken read = PageToken.read("", QUESTION).at("1.7");

        assertThat(read.first()).isTrue();
        assertThat(read.text(0)).isEmpty();
        assertThat(read.number(3)).isZero();
        assertThat(read.bytes(9)).isEmpty();
    }

    @Test
    void belongsToItsQuestion() {
        String token = PageToken.of(QUESTION, "", "a");

        assertThat(problem(() -> PageToken.read(token, PageToken.question("findings", "cluster/prod", 4))))
                .isEqualTo(Problem.PAGE_TOKEN_INVALID);
        assertThat(PageToken.question("a", "bc")).isNotEqualTo(PageToken.question("ab", "c"));
    }

    @Test
    void endsWithItsSnapshot() {
        PageToken read = PageToken.read(PageToken.of(QUESTION, "1.7", "a"), QUESTION);

        assertThat(problem(() -> read.at("1.8"))).isEqualTo(Problem.SNAPSHOT_MOVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "!", "AAAA", "====", "_________________________"})
    void refusesWhatItNeverWrote(String token) {
        assertThat(problem(() -> PageToken.read(token, QUESTION))).isEqualTo(Problem.PAGE_TOKEN_INVALID);
    }

    @Test
    void refusesWhatWasCutOrChanged() {
        byte[] bytes = Base64.getUrlDecoder().decode(PageToken.of(QUESTION, "1.7", "a", -3));
        for (int length = 1; length < bytes.length; length++) {
            String cut = Base64.getUrlEncoder().encodeToString(java.util.Arrays.copyOf(bytes, length));
            assertThat(problem(() -> PageToken.read(cut, QUESTION))).isEqualTo(Problem.PAGE_TOKEN_INVALID);
        }
        PageToken read = PageToken.read(Base64.getUrlEncoder().encodeToString(bytes), QUESTION);
        assertThat(problem(() -> read.number(0))).isEqualTo(Problem.PAGE_TOKEN_INVALID);
        assertThat(problem(() -> read.number(1))).isEqualTo(Problem.PAGE_TOKEN_INVALID);
        assertThat(problem(() -> read.text(2))).isEqualTo(Problem.PAGE_TOKEN_INVALID);
    }

    @Test
    void boundsThePage() {
        assertThat(PageToken.size(0)).isEqualTo(PageToken.SIZE_DEFAULT);
        assertThat(PageToken.size(PageToken.SIZE_MAX)).isEqualTo(PageToken.SIZE_MAX);
        assertThat(problem(() -> PageToken.size(PageToken.SIZE_MAX + 1))).isEqualTo(Problem.MALFORMED);
        assertThat(problem(() -> PageToken.size(-1))).isEqualTo(Problem.MALFORMED);
    }
}
