package io.plimsoll.inventory.api;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/** Hands on what a sensor shows as its credential; it is no bearer token, so that it cannot be taken for one. */
@GlobalInterceptor
@ApplicationScoped
public class SensorDoor implements ServerInterceptor {

    /** Empty where nothing was shown. */
    static final Context.Key<String> SHOWN = Context.keyWithDefault("plimsoll-sensor", "");

    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("plimsoll-sensor", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String shown = headers.get(HEADER);
        return shown == null
                ? next.startCall(call, headers)
                : Contexts.interceptCall(Context.current().withValue(SHOWN, shown), call, headers, next);
    }
}
