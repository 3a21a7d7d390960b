package io.plimsoll.sensor.uplink;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.plimsoll.api.inventory.v1.SensorServiceGrpc;
import io.plimsoll.sensor.SensorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

/** Inventory's door for sensors. */
public final class Centre implements AutoCloseable {

    private final SensorConfig config;
    private final ManagedChannel channel;

    /** @throws IOException when the certificates cannot be read */
    public Centre(SensorConfig config) throws IOException {
        this.config = config;
        ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder("dns:///" + config.inventory(), credentials(config))
                // A peer that is silent is found out, whatever lies between.
                .keepAliveTime(20, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS);
        config.authorityName().ifPresent(builder::overrideAuthority);
        this.channel = builder.build();
    }

    private static ChannelCredentials credentials(SensorConfig config) throws IOException {
        if (!config.tls()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        if (config.authority().isPresent()) {
            tls.trustManager(config.authority().get().toFile());
        }
        return tls.build();
    }

    /** @throws IOException when there is no credential to show */
    Stream open() throws IOException {
        Stream stream = new Stream();
        // The library's own pause grows to two minutes; how long to wait is decided by whoever opens streams.
        channel.resetConnectBackoff();
        var unused = SensorServiceGrpc.newStub(ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(Stream.credential(secret()))))
                .sync(stream);
        return stream;
    }

    private String secret() throws IOException {
        if (config.credentialFile().isPresent()) {
            return Files.readString(config.credentialFile().get()).strip();
        }
        return config.credential()
                .map(String::strip)
                .orElseThrow(() -> new CentreAway(
                        "no credential: set plimsoll.sensor.credential or plimsoll.sensor.credential-file", true));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
