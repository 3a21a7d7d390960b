package io.plimsoll.gateway.forward;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.upstream.Channels;
import io.plimsoll.gateway.upstream.EventClients;
import io.plimsoll.gateway.upstream.Passport;
import io.plimsoll.gateway.upstream.TokenLife;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.TokenProblem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Begins calls to the services behind for whoever has a valid token. */
@ApplicationScoped
public class Forwarding {

    private final Channels channels;
    private final CurrentIdentityAssociation association;
    private final EventClients clients;
    private final GatewayConfig config;

    Forwarding(Channels channels, CurrentIdentityAssociation association, EventClients clients, GatewayConfig config) {
        this.channels = channels;
        this.association = association;
        this.clients = clients;
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
        ForwardedCall call = new ForwardedCall(
                inbound,
                upstream,
                (owner, options) -> (owner.isEmpty() ? channels.of(upstream) : channels.ofOwner(owner))
                        .newCall(method, options.withExecutor(loop)),
                Passport.of(headers));
        association
                .getDeferredIdentity()
                .subscribe()
                .with(
                        identity -> loop.execute(() -> begin(call, method.getType(), headers, identity)),
                        failure -> loop.execute(() -> call.refuse(TokenProblem.of(failure))));
        return call;
    }

    private void begin(ForwardedCall call, MethodType type, Metadata headers, SecurityIdentity identity) {
        try {
            Callers.of(identity);
            Optional<Duration> wanted = Timeout.of(headers);
            Duration bound = bound(type, identity);
            Duration within =
                    wanted.filter(shorter -> shorter.compareTo(bound) < 0).orElse(bound);
            Runnable atEnd = () -> {};
            if (!type.serverSendsOneMessage()) {
                clients.enter();
                atEnd = clients::leave;
            }
            call.begin(within, atEnd);
        } catch (ProblemException e) {
            call.refuse(e);
        }
    }

    /** How long a call may take, whatever the caller would wait: a stream of events ends with the caller's token. */
    private Duration bound(MethodType type, SecurityIdentity identity) {
        return switch (type) {
            case UNARY -> config.callDeadline();
            case CLIENT_STREAMING -> config.bodyDeadline().plus(config.uploadDeadline());
            case SERVER_STREAMING, BIDI_STREAMING, UNKNOWN ->
                identity.getPrincipal() instanceof JsonWebToken token
                        ? TokenLife.left(token, Clock.systemUTC().instant())
                        : config.callDeadline();
        };
    }
}
