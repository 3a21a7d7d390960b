package io.plimsoll.inventory.publish;

import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;

/**
 * A record's content with its version. The version is field 1 of every payload, and the encoding of a message is that of its fields one after
 * another: so it is put in front, and content is never decoded for it.
 */
public final class Stamped {

    private Stamped() {}

    /** Of a resource, subject or fact record. */
    public static byte[] at(Version version, byte[] content) {
        return joined(prefix(version), content);
    }

    /** What {@link #at(Version, byte[])} puts in front. */
    public static byte[] prefix(Version version) {
        return ResourceRecord.newBuilder()
                .setRevision(KernelCodec.toWire(version))
                .build()
                .toByteArray();
    }

    /** Of a declaration. */
    public static byte[] at(long number, byte[] content) {
        return joined(DeclarationRecord.newBuilder().setNumber(number).build().toByteArray(), content);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
