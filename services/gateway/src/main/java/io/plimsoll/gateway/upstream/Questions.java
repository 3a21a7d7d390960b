package io.plimsoll.gateway.upstream;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.identity.Callers;
import io.plimsoll.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a service in the caller's name and waits for its answer, never longer than the bound. */
@ApplicationScoped
public class Questions {

    private final Channels channels;
    private final Callers callers;
    private final long deadlineMillis;

    Questions(Channels channels, Callers callers, GatewayConfig config) {
        this.channels = channels;
        this.callers = callers;
        this.deadlineMillis = config.callDeadline().toMillis();
    }

    /** @throws ProblemException for whatever goes wrong */
    public <Q, A> A ask(Upstream upstream, MethodDescriptor<Q, A> method, Q question) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
        try {
            return ClientCalls.blockingUnaryCall(ofCaller(channels.of(upstream)), method, options, question);
        } catch (StatusRuntimeException e) {
            Optional<String> owner = Owners.owner(e.getStatus(), e.getTrailers());
            if (owner.isEmpty()) {
                throw Failures.problem(upstream, e.getStatus(), e.getTrailers());
            }
            return askOwner(upstream, owner.get(), method, options, question);
        }
    }

    /** Once, within the same deadline; an owner that is none any more is a problem. */
    private <Q, A> A askOwner(
            Upstream upstream, String owner, MethodDescriptor<Q, A> method, CallOptions options, Q question) {
        try {
            return ClientCalls.blockingUnaryCall(ofCaller(channels.ofOwner(owner)), method, options, question);
        } catch (StatusRuntimeException e) {
            throw Failures.problem(upstream, e.getStatus(), e.getTrailers());
        }
    }

    /** The channel to a service in the name of the present caller. */
    public Channel channel(Upstream upstream) {
        return ofCaller(channels.of(upstream));
    }

    private Channel ofCaller(Channel channel) {
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(Passport.of(callers.bearer())));
    }
}
