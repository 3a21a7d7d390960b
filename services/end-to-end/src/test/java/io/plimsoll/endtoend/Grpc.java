package io.plimsoll.endtoend;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** The gateway's gRPC, with a caller's token. */
final class Grpc implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;

    Grpc(Platform platform) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", platform.port("gateway"))
                .usePlaintext()
                .build();
    }

    Channel anonymous() {
        return channel;
    }

    Channel as(Client client) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + client.token());
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
