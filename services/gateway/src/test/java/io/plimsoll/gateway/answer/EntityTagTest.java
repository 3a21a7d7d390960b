package io.plimsoll.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.api.kernel.v1.Revision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    @Test
    void aRevisionComesBackFromItsTag() {
        Revision revision = Revision.newBuilder()
                .setEpoch(-1)
                .setNumber(17)
                .setGeneration(3)
                .build();
        assertThat(EntityTag.of(revision)).isEqualTo("\"18446744073709551615.17\"");
        assertThat(EntityTag.revision(EntityTag.of(revision))).contains("18446744073709551615.17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "1.7", "\"1\"", "W/\"1.7\"", "\"1.7\", \"1.8\"", "\"a.b\"", ""})
    void noOtherTagIsARevision(String tag) {
        assertThat(EntityTag.revision(tag)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|true",
                "\"a\"|true",
                "W/\"a\"|true",
                "\"b\", \"a\"|true",
                "\"b\"|false",
                "a|false",
            })
    void ifNoneMatchIsAListComparedWeakly(String header, boolean named) {
        assertThat(EntityTag.isNamedBy(header, "\"a\"")).isEqualTo(named);
    }

    @Test
    void sameBytesHaveTheSameTag() {
        assertThat(EntityTag.of(new byte[] {1})).isEqualTo(EntityTag.of(new byte[] {1}));
        assertThat(EntityTag.of(new byte[] {1})).isNotEqualTo(EntityTag.of(new byte[] {2}));
    }
}
