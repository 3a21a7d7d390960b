package io.plimsoll.gateway.forward;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Messages as they are. */
final class Bytes implements Marshaller<byte[]> {

    static final Marshaller<byte[]> MARSHALLER = new Bytes();

    private Bytes() {}

    @Override
    public InputStream stream(byte[] value) {
        return new Message(value);
    }

    /** As long as the server's own bound on a message allows. */
    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that writes it wants to drain it, the client that sends it to know its length. */
    private static final class Message extends ByteArrayInputStream implements Drainable, KnownLength {

        Message(byte[] value) {
            super(value);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            return (int) transferTo(target);
        }
    }
}
