package io.plimsoll.gateway.upstream;

import io.grpc.Metadata;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes with every question: the caller's token as it came, and the trace. Nothing else of a request is passed on. */
public final class Passport {

    public static final Metadata.Key<String> AUTHORIZATION = key("authorization");

    private static final List<Metadata.Key<String>> TRACE = List.of(key("traceparent"), key("tracestate"));

    private Passport() {}

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** @param bearer the token as it came */
    public static Metadata of(String bearer) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + bearer);
        inject(headers);
        return headers;
    }

    /** From a gRPC call that is passed on. */
    public static Metadata of(Metadata call) {
        Metadata headers = new Metadata();
        copy(AUTHORIZATION, call, headers);
        inject(headers);
        if (!headers.containsKey(TRACE.getFirst())) {
            TRACE.forEach(key -> copy(key, call, headers));
        }
        return headers;
    }

    private static void copy(Metadata.Key<String> key, Metadata from, Metadata to) {
        String value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    /** The present span, where traces are on. */
    private static void inject(Metadata headers) {
        GlobalOpenTelemetry.getPropagators().getTextMapPropagator().inject(Context.current(), headers, Passport::set);
    }

    private static void set(@Nullable Metadata headers, String name, String value) {
        if (headers != null) {
            headers.put(key(name), value);
        }
    }
}
