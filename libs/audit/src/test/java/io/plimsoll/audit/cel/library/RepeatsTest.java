package io.plimsoll.audit.cel.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of what counted repeats come to, by the syntax of RE2. */
class RepeatsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a{1000}; 1000",
                "(a{100}){10}; 1020",
                "a{3}b{1000}; 1003",
                "[a-z{}]{5}; 5",
                "[]a]{5}x; 6",
                "[[:alpha:]]{5}; 5",
                "\\p{Greek}{5}; 5",
                "\\{2{3}; 4",
                "\\Q(a{9}\\E{2}; 6",
                "a{,5}; 5",
                "(a{0}){1000}; 3000",
                "((a{0,1000}){0,1000}){0,1000}; 1002002000",
                "((a{32})*){32}b{1}; 1185",
                "'((('; 6",
                "')))'; 0",
            })
    void countsWhatOthersComeTo(String pattern, long size) {
        assertThat(Repeats.size(pattern)).isEqualTo(size);
    }
}
