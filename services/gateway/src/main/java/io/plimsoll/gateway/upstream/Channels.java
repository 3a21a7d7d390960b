package io.plimsoll.gateway.upstream;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.plimsoll.gateway.GatewayConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One channel to each service, opened by the first question. A service that was killed is reached again within a second of its
 * return: the pause between attempts is never allowed to grow, and a peer that is silent is found out by keepalive.
 */
@ApplicationScoped
public class Channels {

    /** Owners beside the configured addresses: replicas of one service. More: the one opened first is closed. */
    private static final int OWNERS_MAX = 32;

    private static final long RETRY_MILLIS = 500;

    private final Map<Upstream, ManagedChannel> configured = new EnumMap<>(Upstream.class);
    private final Map<String, ManagedChannel> owners = new LinkedHashMap<>();
    private final int answerBytesMax;
    private final ScheduledExecutorService retries;
    private final ScheduledFuture<?> retrying;

    Channels(GatewayConfig config) {
        answerBytesMax = config.answerBytesMax();
        for (Upstream upstream : Upstream.values()) {
            configured.put(upstream, open(address(upstream, config.services())));
        }
        retries = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("channels").factory());
        retrying = retries.scheduleWithFixedDelay(this::retry, RETRY_MILLIS, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static String address(Upstream upstream, GatewayConfig.Services services) {
        return switch (upstream) {
            case INVENTORY -> services.inventory();
            case STAGE_SCORING -> services.stageScoring();
            case NETWORK_SEGMENTATION -> services.networkSegmentation();
            case IMAGE_SCAN -> services.imageScan();
        };
    }

    public Channel of(Upstream upstream) {
        ManagedChannel channel = configured.get(upstream);
        if (channel == null) {
            throw new IllegalStateException("no channel to " + upstream);
        }
        return channel;
    }

    /** A replica that a service named as the owner of what was asked. */
    public synchronized Channel ofOwner(String address) {
        ManagedChannel known = owners.get(address);
        if (known != null) {
            return known;
        }
        if (owners.size() >= OWNERS_MAX) {
            String oldest = owners.keySet().iterator().next();
            ManagedChannel closed = owners.remove(oldest);
            if (closed != null) {
                closed.shutdown();
            }
        }
        ManagedChannel opened = open(address);
        owners.put(address, opened);
        return opened;
    }

    private ManagedChannel open(String address) {
        return ManagedChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .maxInboundMessageSize(answerBytesMax)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .build();
    }

    /** The library's own pause grows to two minutes, and a return would go unseen as long. */
    private synchronized void retry() {
        configured.values().forEach(Channels::retry);
        owners.values().forEach(Channels::retry);
    }

    private static void retry(ManagedChannel channel) {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
    }

    @PreDestroy
    synchronized void close() {
        retrying.cancel(false);
        retries.shutdownNow();
        configured.values().forEach(ManagedChannel::shutdownNow);
        owners.values().forEach(ManagedChannel::shutdownNow);
    }
}
