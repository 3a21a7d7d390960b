package io.plimsoll.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParserMessageTest {

    @Test
    void saysWhatIsWrongAndNothingOfTheParser() {
        assertThat(ParserMessage.of(
                        "Unexpected end-of-input: expected close marker for Object (start marker at [Source: REDACTED"
                                + " (`StreamReadFeature.X` disabled); line: 1, column: 1])"))
                .isEqualTo("Unexpected end-of-input: expected close marker for Object");
        assertThat(ParserMessage.of("Document nesting depth (201) exceeds the maximum allowed (200, from"
                        + " `StreamReadConstraints.getMaxNestingDepth()`)"))
                .isEqualTo("Document nesting depth (201) exceeds the maximum allowed (200)");
        assertThat(ParserMessage.of("first\nsecond")).isEqualTo("first");
        assertThat(ParserMessage.of("x".repeat(300))).hasSize(200);
        assertThat(ParserMessage.of(null)).isEmpty();
    }
}
