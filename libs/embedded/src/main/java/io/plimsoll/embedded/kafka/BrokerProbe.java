package io.plimsoll.embedded.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks a broker which requests it knows (ApiVersions, version 0, of Kafka's protocol guide): the one request that any
 * broker answers to anybody, so no client library is needed to see that it works through its queue.
 */
final class BrokerProbe {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int API_VERSIONS = 18;
    private static final int CORRELATION = 0x504C494D;

    private BrokerProbe() {}

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(10);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(CORRELATION);
            // No client name.
            out.writeShort(-1);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            return length >= 6 && in.readInt() == CORRELATION && in.readShort() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
