package io.plimsoll.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.CanonicalReader;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Canonical texts back to values. */
class CanonicalReaderTest {

    private final CanonicalReader reader = new CanonicalReader();

    private Value read(String json, Map<String, Integer> lines) {
        return reader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"\":[],\"b\":[{},null,true,false,1.5,-3]},\"z\":\"\\\"\\\\\\u0001 \u00e9\"}",
                "[]",
                "\"text\"",
                "12345678901234567890",
                "{\"big\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,"
                        + "39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65,66,67,68,69,70]}"
            })
    void whatIsReadIsWrittenAsItWas(String json) {
        assertThat(Canonical.text(read(json, Map.of()))).isEqualTo(json);
    }

    @Test
    void aValueStandsOnTheLineOfTheOneBeforeUnlessItsOwnIsNamed() {
        Value value = read("{\"a\":[1,2],\"b/c\":{\"d\":3}}", Map.of("", 4, "/a/1", 6, "/b~1c/d", 9));
        assertThat(value.line()).isEqualTo(4);
        assertThat(value.items("a")).extracting(Value::line).containsExactly(4, 6);
        assertThat(value.at("b/c").line()).isEqualTo(6);
        assertThat(value.at("b/c", "d").line()).isEqualTo(9);
        assertThat(read("{\"a\":[1]}", Map.of("", 7)).items("a"))
                .extracting(Value::line)
                .isEqualTo(List.of(7));
    }

    @Test
    void whatIsReadAgainIsTheSameInstance() {
        Value one = read("{\"name\":\"one\",\"spec\":{\"a\":[1,{\"b\":true}]}}", Map.of());
        Value two = read("{\"name\":\"two\",\"spec\":{\"a\":[1,{\"b\":true}]}}", Map.of());
        assertThat(two.at("spec")).isSameAs(one.at("spec"));
        assertThat(two).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1",
                "[1,",
                "{\"b\":1,\"a\":2}",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":nonsense}",
                "\u0000"
            })
    void whatIsNotCanonicalIsRefusedAndTheNextIsRead(String json) {
        assertThatThrownBy(() -> read(json, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(read("{\"a\":1}", Map.of()).at("a").integer()).hasValue(1);
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(200) + "]".repeat(200), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
