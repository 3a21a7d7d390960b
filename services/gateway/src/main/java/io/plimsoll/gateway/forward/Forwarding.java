package io.plimsoll.gateway.forward;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.upstream.Channels;
import io.plimsoll.gateway.upstream.Failures;
import io.plimsoll.gateway.upstream.Owners;
import io.plimsoll.gateway.upstream.Passport;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.identity.Callers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** gRPC out, in the caller's name: token and trace go with it, nothing else does. Blocks no thread. */
@ApplicationScoped
public class Forwarding {

    private final Channels channels;
    private final Callers callers;
    private final GatewayConfig config;

    Forwarding(Channels channels, Callers callers, GatewayConfig config) {
        this.channels = channels;
        this.callers = callers;
        this.config = config;
    }

    /** One question; where another replica owns the answer, it is asked once. */
    <Q, A> Uni<A> ask(Upstream upstream, MethodDescriptor<Q, A> method, Q question) {
        // Taken now: later the request's context may be gone.
        String bearer = callers.bearer();
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(config.callDeadline().toMillis(), TimeUnit.MILLISECONDS);
        Uni<A> answer = call(named(channels.of(upstream), bearer), method, options, question)
                .onFailure(StatusRuntimeException.class)
                .recoverWithUni(failure -> {
                    StatusRuntimeException e = (StatusRuntimeException) failure;
                    Optional<String> owner = Owners.owner(e.getStatus(), e.getTrailers());
                    return owner.isEmpty()
                            ? Uni.createFrom().failure(e)
                            : call(named(channels.ofOwner(owner.get()), bearer), method, options, question);
                });
        return failures(upstream, answer);
    }

    /** What it fails with, in our words. */
    <A> Uni<A> failures(Upstream upstream, Uni<A> answer) {
        return answer.onFailure().transform(failure -> Failures.of(upstream, failure));
    }

    /** A channel for streams, which have no deadline of their own. */
    Channel forStreams(Upstream upstream) {
        return named(channels.of(upstream), callers.bearer());
    }

    private static <Q, A> Uni<A> call(Channel channel, MethodDescriptor<Q, A> method, CallOptions options, Q question) {
        return Uni.createFrom()
                .emitter(emitter -> ClientCalls.asyncUnaryCall(
                        channel.newCall(method, options), question, new Answering<>(emitter)));
    }

    private static Channel named(Channel channel, String bearer) {
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(Passport.of(bearer)));
    }
}
