package io.plimsoll.sensing.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadersTest {

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(String list) throws IOException {
        List<String> names = new ArrayList<>();
        ListReader.Head head = ListReader.read(
                in(list), (object, whole) -> names.add(object.at("metadata").text("name") + (whole ? "" : " in part")));
        names.add(head.resourceVersion() + "/" + head.next());
        return names;
    }

    @Test
    void aPageIsReadItemByItemWithItsHeadWhereverThatStands() throws IOException {
        assertThat(names(
                        "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\"}},{\"metadata\":{\"name\":\"b\"}}],"
                                + "\"metadata\":{\"resourceVersion\":\"12\",\"continue\":\"tok\"}}"))
                .containsExactly("a", "b", "12/tok");
        assertThat(names("{\"metadata\":{\"resourceVersion\":\"3\"},\"items\":null}"))
                .containsExactly("3/");
    }

    @Test
    void anItemOverTheBoundIsNamedAndTheNextOneIsRead() throws IOException {
        assertThat(names("{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"huge\"},\"data\":[\""
                        + ("x".repeat(1 << 20) + "\",\"").repeat(4) + "\"]},{\"metadata\":{\"name\":\"next\"}}]}"))
                .containsExactly("huge in part", "next", "/");
    }

    @Test
    void aBrokenListIsNoShorterOne() {
        assertThatThrownBy(() -> names("{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"a\"}},"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> names("{\"kind\":\"Status\",\"code\":500}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no items");
        assertThatThrownBy(() -> names("{\"items\":" + "[".repeat(200))).isInstanceOf(IOException.class);
    }

    @Test
    void eventsAreToldApart() throws IOException {
        String stream = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"a\"}}}\n"
                + "{\"object\":{\"metadata\":{\"name\":\"a\"}},\"type\":\"DELETED\"}\n"
                + "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"99\"}}}\n"
                + "{\"type\":\"ERROR\",\"object\":{\"code\":410,\"message\":\"too old\","
                + "\"details\":{\"retryAfterSeconds\":3}}}\n{\"type\":\"NEW\",\"object\":{}}\n"
                + "{\"kind\":\"Status\",\"code\":503,\"message\":\"away\"}\n";
        List<WatchEvent> events = new ArrayList<>();
        try (WatchReader reader = new WatchReader(in(stream))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                events.add(next.get());
            }
        }
        assertThat(events).hasSize(6);
        assertThat(events.get(0)).isInstanceOf(WatchEvent.Present.class);
        assertThat(events.get(1)).isInstanceOf(WatchEvent.Gone.class);
        assertThat(events.get(2)).isEqualTo(new WatchEvent.Bookmark("99"));
        assertThat(events.get(3)).isEqualTo(new WatchEvent.Failed(410, "too old", 3));
        assertThat(events.get(4)).isEqualTo(new WatchEvent.Unknown("NEW"));
        assertThat(events.get(5)).isEqualTo(new WatchEvent.Failed(503, "away", 0));
    }
}
