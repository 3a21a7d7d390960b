package io.plimsoll.inventory.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.inventory.v1.ObjectChange;
import io.plimsoll.api.inventory.v1.ObservedChange;
import io.plimsoll.api.inventory.v1.SensorCredential;
import io.plimsoll.api.inventory.v1.SensorStatus;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.inventory.flow.StoredObject;
import io.plimsoll.inventory.sensor.Credential;
import io.plimsoll.inventory.sensor.Delivery;
import io.plimsoll.inventory.sensor.PublishedUpTo;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorRow;
import io.plimsoll.inventory.sensor.SensorStore;
import io.plimsoll.inventory.sensor.Unseen;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.sensing.object.LastChange;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.sensing.stream.ListReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What sensors say, from the wire, checked; what is said of them, to the wire. */
final class SensorCodec {

    /** Largest state of one object, in bytes, as the contract says. */
    private static final int JSON_BYTES_MAX = 3 << 20;

    private static final int WORD_CHARS_MAX = 256;
    /** A stream that was silent for longer has broken. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    private SensorCodec() {}

    /** @throws ProblemException of {@link Problem#MALFORMED} when it is another cluster's, or no name that can be kept */
    static ObjectKey key(ResourceIdentity identity, String cluster) {
        if (!identity.getCluster().equals(cluster)) {
            throw new ProblemException(
                    Problem.FORBIDDEN, "an object of another cluster than " + cluster + ", whose sensor this is");
        }
        ObjectKey key =
                new ObjectKey(identity.getGroup(), identity.getKind(), identity.getNamespace(), identity.getName());
        if (!key.isSound()) {
            throw new ProblemException(
                            Problem.MALFORMED, "an object without a kind, or with a name that cannot be kept")
                    .over(ObjectKey.BYTES_MAX + " bytes");
        }
        return key;
    }

    /** @throws ProblemException when it cannot be read, is over the bound, or says another name than its body */
    static SensorChange change(ObservedChange wire, String cluster) {
        ObjectKey key = key(wire.getIdentity(), cluster);
        String resourceVersion = word(wire.getResourceVersion());
        if (wire.getJson().isEmpty()) {
            return new SensorChange.Gone(key, resourceVersion);
        }
        if (wire.getJson().size() > JSON_BYTES_MAX) {
            throw new ProblemException(
                            Problem.TOO_LARGE,
                            key + " has a state of " + wire.getJson().size() + " bytes")
                    .over(JSON_BYTES_MAX + " bytes");
        }
        Value.Obj object = object(wire.getJson(), key);
        String apiVersion = object.text("apiVersion");
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        // Stripped once more: what a sensor should not have sent is kept by nobody.
        Sighting kept = Stripping.of(object, key.group(), version, key.kind(), true)
                .filter(each -> each.key().equals(key))
                .orElseThrow(() ->
                        new ProblemException(Problem.MALFORMED, key + " is called otherwise in what was sent of it"));
        boolean same = wire.getJson().asReadOnlyByteBuffer().equals(ByteBuffer.wrap(kept.json()));
        ByteString json = same ? wire.getJson() : ByteString.copyFrom(kept.json());
        return new SensorChange.Present(
                key,
                resourceVersion,
                wire.getGeneration(),
                StoredObject.bytes(key.group(), version, key.kind(), json, kept.hash()),
                // As the sensor digests it: what differs would be asked of it again and again.
                same ? kept.hash() : Canonical.sha256(wire.getJson().toByteArray()),
                new LastChange(word(wire.getManager()), word(wire.getManagerOperation()), word(wire.getManagerTime())),
                Delivery.of(same ? object : object(json, key)));
    }

    private static Value.Obj object(ByteString json, ObjectKey key) {
        try {
            return ListReader.object(json.newInput());
        } catch (IOException e) {
            throw new ProblemException(Problem.MALFORMED, key + " has a state that is no JSON object", e);
        }
    }

    private static String word(String text) {
        return text.length() <= WORD_CHARS_MAX ? text : text.substring(0, WORD_CHARS_MAX);
    }

    static ResourceIdentity identity(ObjectKey key, String cluster) {
        return ResourceIdentity.newBuilder()
                .setCluster(cluster)
                .setGroup(key.group())
                .setKind(key.kind())
                .setNamespace(key.namespace())
                .setName(key.name())
                .build();
    }

    static SensorStatus toWire(SensorRow row, PublishedUpTo published, Instant now) {
        boolean connected = row.closed() == null && row.heard().plus(SILENT).isAfter(now);
        long unpublished = row.synced() == null ? row.sequence() : row.sequence() - published.sequence();
        SensorStatus.Builder status = SensorStatus.newBuilder()
                .setConnected(connected)
                .setSynced(connected && row.state() == SensorRow.State.SYNCED)
                .setSensorVersion(row.version())
                .setSession(row.session())
                .setHeard(toWire(row.heard()))
                .setObjectCount(row.objects())
                .setDigest(ByteString.copyFrom(row.digest().bytes()))
                .setUnpublished(Math.max(0, unpublished))
                .setLagMillis(unpublished <= 0 ? 0 : row.lag(published, now).toMillis())
                .addAllDenied(Unseen.of(row.denied()).kinds());
        Instant agreed = row.agreed();
        if (agreed != null) {
            status.setAgreed(toWire(agreed));
        }
        return status.build();
    }

    static SensorCredential toWire(Credential credential) {
        SensorCredential.Builder wire = SensorCredential.newBuilder()
                .setId(credential.id())
                .setCluster(credential.cluster())
                .setCreated(toWire(credential.created()))
                .setCreatedBy(credential.createdBy());
        Instant expires = credential.expires();
        Instant revoked = credential.revoked();
        Instant used = credential.used();
        if (expires != null) {
            wire.setExpires(toWire(expires));
        }
        if (revoked != null) {
            wire.setRevoked(toWire(revoked));
        }
        if (used != null) {
            wire.setUsed(toWire(used));
        }
        return wire.build();
    }

    static ObjectChange toWire(SensorStore.NumberedChange numbered, String cluster) {
        return ObjectChange.newBuilder()
                .setSequence(numbered.id())
                .setIdentity(identity(numbered.change().key(), cluster))
                .setWhat(numbered.change().what())
                .setSeen(toWire(numbered.change().at()))
                .setManager(numbered.change().by().manager())
                .setOperation(numbered.change().by().operation())
                .setManagerTime(numbered.change().by().time())
                .setDelivery(numbered.change().delivery())
                .setRevision(numbered.change().revision())
                .build();
    }

    static Timestamp toWire(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static @Nullable Instant fromWire(boolean there, Timestamp wire) {
        if (!there) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
        } catch (java.time.DateTimeException e) {
            throw new ProblemException(Problem.MALFORMED, "a time that is none", e);
        }
    }
}
