package io.plimsoll.inventory.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.sensing.stream.ListReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two ways to the same bytes: what a sensor sends is in canonical text already. */
class StoredObjectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|v1|ConfigMap|{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"},\"data\":{\"z\":\"\\u0001 é \\\" \\\\\",\"a\":\"/~\"}}",
                "|v1|Secret|{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"managedFields\":[]},\"data\":{\"p\":\"eA==\"},\"type\":\"Opaque\"}",
                "|v1|Node|{\"metadata\":{\"name\":\"n\"},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"lastHeartbeatTime\":\"x\"}],\"n\":1.50}}",
                "apps|v1|Deployment|{\"spec\":{\"replicas\":10,\"paused\":false,\"x\":null,\"y\":[1,[],{}]},\"metadata\":{\"name\":\"d\",\"namespace\":\"b\"}}",
            })
    void theCanonicalTextIsKeptAsTheObjectWouldBe(String group, String version, String kind, String json)
            throws IOException {
        String in = group == null ? "" : group;
        Sighting sighting = Stripping.of(read(json.getBytes(StandardCharsets.UTF_8)), in, version, kind, true)
                .orElseThrow();
        Value.Obj object = read(sighting.json());

        byte[] kept = StoredObject.bytes(in, version, kind, ByteString.copyFrom(sighting.json()), sighting.hash());

        assertThat(kept)
                .isEqualTo(StoredObject.bytes(new DeclaredObject(
                        object, in, version, kind, sighting.key().namespace(), "", Source.NONE)));
        assertThat(StoredObject.of(kept).body()).isEqualTo(object);
    }

    private static Value.Obj read(byte[] json) throws IOException {
        return ListReader.object(new ByteArrayInputStream(json));
    }
}
