package io.plimsoll.inventory;

import com.google.protobuf.ByteString;
import io.plimsoll.api.inventory.v1.ObservedChange;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.inventory.api.SensorWords;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.sensing.stream.ListReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a sensor would tell. */
final class Sensed {

    private Sensed() {}

    static ObjectKey key(int number) {
        return new ObjectKey("", "Service", "shop", "s" + number);
    }

    static SensorChange.Gone gone(int number, long version) {
        return new SensorChange.Gone(key(number), Long.toString(version));
    }

    static SensorChange.Present service(String cluster, int number, long version, String content) {
        return object(
                cluster, "v1", "Service", "shop", "s" + number, version, "\"spec\":{\"type\":\"" + content + "\"}", "");
    }

    /**
     * @param metadata further fields of the metadata, each followed by a comma
     */
    static SensorChange.Present object(
            String cluster,
            String apiVersion,
            String kind,
            String namespace,
            String name,
            long version,
            String fields,
            String metadata) {
        String json = "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\",\"metadata\":{" + metadata
                + "\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\",\"resourceVersion\":\"" + version
                + "\"}," + fields + "}";
        return present(cluster, sighting(json));
    }

    static Sighting sighting(String json) {
        Value.Obj object = json(json);
        String apiVersion = object.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        return Stripping.of(
                        object,
                        slash < 0 ? "" : apiVersion.substring(0, slash),
                        apiVersion.substring(slash + 1),
                        object.text("kind"),
                        true)
                .orElseThrow();
    }

    static Value.Obj json(String json) {
        try {
            return ListReader.object(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObservedChange wire(String cluster, Sighting sighting) {
        return ObservedChange.newBuilder()
                .setIdentity(ResourceIdentity.newBuilder()
                        .setCluster(cluster)
                        .setGroup(sighting.key().group())
                        .setKind(sighting.key().kind())
                        .setNamespace(sighting.key().namespace())
                        .setName(sighting.key().name()))
                .setJson(ByteString.copyFrom(sighting.json()))
                .setResourceVersion(sighting.resourceVersion())
                .setGeneration(sighting.generation())
                .setManager(sighting.change().manager())
                .setManagerOperation(sighting.change().operation())
                .setManagerTime(sighting.change().time())
                .build();
    }

    /** Through the wire, as it comes. */
    static SensorChange.Present present(String cluster, Sighting sighting) {
        return (SensorChange.Present) SensorWords.change(wire(cluster, sighting), cluster);
    }

    static SetDigest digest(SensorChange... objects) {
        SetDigest digest = SetDigest.EMPTY;
        for (SensorChange each : objects) {
            digest = digest.with(each.key(), ((SensorChange.Present) each).hash());
        }
        return digest;
    }

    static List<Comparison.Hashed> page(SensorChange... objects) {
        List<Comparison.Hashed> page = new ArrayList<>();
        for (SensorChange each : objects) {
            page.add(new Comparison.Hashed(each.key(), ((SensorChange.Present) each).hash()));
        }
        return page;
    }

    static SensorRow withObjects(SensorRow row, long objects) {
        return new SensorRow(
                row.cluster(),
                row.session(),
                row.credential(),
                row.version(),
                row.replica(),
                row.state(),
                row.opened(),
                row.closed(),
                row.heard(),
                row.synced(),
                row.agreed(),
                objects,
                row.digest(),
                row.sequence(),
                row.waiting(),
                row.denied());
    }
}
