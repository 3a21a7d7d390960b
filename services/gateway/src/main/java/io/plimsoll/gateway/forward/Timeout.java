package io.plimsoll.gateway.forward;

import io.grpc.Metadata;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deadline a gRPC call comes with ("gRPC over HTTP2", Timeout: at most 8 digits and a unit). */
final class Timeout {

    private static final Metadata.Key<String> KEY = Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    private Timeout() {}

    /** Empty when the call has none, or one that cannot be read. */
    static Optional<Duration> of(Metadata headers) {
        return parsed(headers.get(KEY));
    }

    static Optional<Duration> parsed(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,8}[HMSmun]")) {
            return Optional.empty();
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return Optional.of(
                switch (text.charAt(text.length() - 1)) {
                    case 'H' -> Duration.ofHours(count);
                    case 'M' -> Duration.ofMinutes(count);
                    case 'S' -> Duration.ofSeconds(count);
                    case 'm' -> Duration.ofMillis(count);
                    case 'u' -> Duration.ofNanos(count * 1_000);
                    default -> Duration.ofNanos(count);
                });
    }
}
