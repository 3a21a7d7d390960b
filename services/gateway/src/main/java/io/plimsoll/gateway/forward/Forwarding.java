package io.plimsoll.gateway.forward;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.upstream.Channels;
import io.plimsoll.gateway.upstream.Passport;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.identity.Callers;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Begins calls to the services behind for whoever has a valid token. */
@ApplicationScoped
public class Forwarding {

    private final Channels channels;
    private final CurrentIdentityAssociation association;
    private final GatewayConfig config;

    Forwarding(Channels channels, CurrentIdentityAssociation association, GatewayConfig config) {
        this.channels = channels;
        this.association = association;
        this.config = config;
    }

    /** Everything of a call happens on the thread of its connection, in order. */
    ServerCall.Listener<byte[]> forward(
            Upstream upstream,
            MethodDescriptor<byte[], byte[]> method,
            ServerCall<byte[], byte[]> inbound,
            Metadata headers) {
        Context context = Vertx.currentContext();
        Executor loop = task -> context.runOnContext(ignored -> task.run());
        CallOptions options = options(method.getType(), headers).withExecutor(loop);
        Metadata passport = Passport.of(headers);
        ForwardedCall call = new ForwardedCall(
                inbound,
                upstream,
                owner -> (owner.isEmpty() ? channels.of(upstream) : channels.ofOwner(owner)).newCall(method, options),
                passport);
        association
                .getDeferredIdentity()
                .subscribe()
                .with(
                        identity -> loop.execute(() -> begin(call, identity)),
                        failure -> loop.execute(() -> call.refuse(new ProblemException(
                                Problem.UNAUTHENTICATED,
                                "the token is not valid here: wrong issuer or audience, expired, or damaged"))));
        return call;
    }

    private static void begin(ForwardedCall call, SecurityIdentity identity) {
        try {
            Callers.of(identity);
            call.begin();
        } catch (ProblemException e) {
            call.refuse(e);
        }
    }

    /** The caller's own deadline, and never longer than ours; only a stream of events has no end. */
    private CallOptions options(MethodType type, Metadata headers) {
        Optional<Duration> wanted = Timeout.of(headers);
        Optional<Duration> bound =
                switch (type) {
                    case UNARY -> Optional.of(config.callDeadline());
                    case CLIENT_STREAMING -> Optional.of(config.bodyDeadline().plus(config.uploadDeadline()));
                    case SERVER_STREAMING, BIDI_STREAMING, UNKNOWN -> Optional.empty();
                };
        Optional<Duration> shorter =
                wanted.isPresent() && bound.isPresent() && wanted.get().compareTo(bound.get()) > 0
                        ? bound
                        : wanted.or(() -> bound);
        return shorter.map(within -> CallOptions.DEFAULT.withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS))
                .orElse(CallOptions.DEFAULT);
    }
}
