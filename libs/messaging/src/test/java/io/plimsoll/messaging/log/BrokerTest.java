package io.plimsoll.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How clients are let in by a broker that asks: what the settings may say, and a real broker over TLS with a password. */
class BrokerTest {

    @TempDir
    Path work;

    @Test
    void aPlainListenerNeedsNoMoreThanItsAddress() {
        assertThat(Broker.plain("a:9092,b:9092").settings()).containsOnlyKeys("bootstrap.servers");
    }

    @Test
    void settingsSayHowToBeLetInAndNothingElse() throws IOException {
        Path file = Files.writeString(work.resolve("client.properties"), "sasl.mechanism=PLAIN\nacks=0\nclient.id=x\n");
        Broker broker = new Broker("a:9092", Optional.of(file));
        assertThatThrownBy(broker::settings)
                .hasMessage("the broker's access settings " + file
                        + " may say how to be let in (security., sasl., ssl.), not acks");
        // And they are read anew each time: what is mended needs no restart.
        Files.writeString(file, "sasl.mechanism = PLAIN \n");
        assertThat(broker.settings())
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("bootstrap.servers", "a:9092");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Broker("a:9092", Optional.of(work.resolve("absent"))).settings())
                .hasMessageContaining(work.resolve("absent") + " cannot be read: NoSuchFileException");
    }

    @Test
    void writesAndReadsOverTlsWithAPassword() throws IOException, InterruptedException {
        try (SecuredBroker real = new SecuredBroker(work)) {
            // Given
            Broker known =
                    new Broker(real.secured(), Optional.of(real.access("known.properties", SecuredBroker.PASSWORD)));
            Place place = new Place(Topic.FACTS, 3);
            Version version = new Version(1, 1, 0);
            byte[] value = "told".getBytes(StandardCharsets.UTF_8);
            // When
            try (KafkaSink sink = new KafkaSink(known, "inventory")) {
                sink.take(List.of(3));
                sink.write(3, List.of(new LogRecord(place, "one///namespaces//a", value, version)));
            }
            // Then
            List<LogRecord> read = new ArrayList<>();
            try (KafkaSource source = new KafkaSource(known)) {
                source.read(Set.of(place));
                for (int tries = 0; tries < 100 && (read.isEmpty() || !source.replayed(place)); tries++) {
                    read.addAll(source.poll(Duration.ofMillis(200)));
                }
            }
            assertThat(read)
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo(value));
            // And whoever has another word is told so at once
            Broker stranger = new Broker(real.secured(), Optional.of(real.access("stranger.properties", "another")));
            try (KafkaSource source = new KafkaSource(stranger)) {
                assertThatThrownBy(() -> source.read(Set.of(place))).isInstanceOf(SaslAuthenticationException.class);
            }
        }
    }
}
