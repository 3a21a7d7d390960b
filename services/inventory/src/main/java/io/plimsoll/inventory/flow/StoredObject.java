package io.plimsoll.inventory.flow;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.api.resources.v1.ResourceBody;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.value.CanonicalReader;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;

/**
 * A declared object as it is kept: projected, so that Secret data never reach the database, with every field's line. The bytes are a resource
 * record whose namespace is the one assumed where the object names none.
 */
public final class StoredObject {

    /** Most objects a cluster holds, as its state lives in one replica of each analyser; beyond it an upload is refused by name. */
    public static final int IN_A_CLUSTER_MAX = 150_000;

    private StoredObject() {}

    public static byte[] bytes(DeclaredObject object) {
        return ResourceRecord.newBuilder()
                .setIdentity(ResourceIdentity.newBuilder()
                        .setGroup(object.group())
                        .setKind(object.kind())
                        .setNamespace(object.assumedNamespace()))
                .addBodies(ResourceCodec.body(object.projected(), object.version(), object.source(), ""))
                .build()
                .toByteArray();
    }

    /**
     * The same bytes of an object that stands in its canonical text already, projected and without lines, as sensors send it.
     *
     * @param hash SHA-256 of the text
     */
    public static byte[] bytes(String group, String version, String kind, ByteString json, byte[] hash) {
        return ResourceRecord.newBuilder()
                .setIdentity(ResourceIdentity.newBuilder().setGroup(group).setKind(kind))
                .addBodies(ResourceBody.newBuilder()
                        .setVersion(version)
                        .setJson(json)
                        .setContentHash(ByteString.copyFrom(hash))
                        .setSource(KernelCodec.toWire(Source.NONE)))
                .build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes are no such object */
    public static DeclaredObject of(byte[] bytes) {
        return of(bytes, new CanonicalReader());
    }

    /** As {@link #of(byte[])}, equal parts shared with what the reader has read before. */
    static DeclaredObject of(byte[] bytes, CanonicalReader reader) {
        try {
            ResourceRecord record = ResourceRecord.parseFrom(bytes);
            ResourceBody body = record.getBodies(0);
            if (!(ResourceCodec.value(body, reader) instanceof Value.Obj value)) {
                throw new IllegalArgumentException("not an object");
            }
            return new DeclaredObject(
                    value,
                    record.getIdentity().getGroup(),
                    body.getVersion(),
                    record.getIdentity().getKind(),
                    value.at("metadata", "namespace").text().orElse(""),
                    record.getIdentity().getNamespace(),
                    KernelCodec.fromWire(body.getSource()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a kept object cannot be read: " + e.getMessage(), e);
        }
    }
}
