package io.plimsoll.gateway.api;

import io.plimsoll.gateway.GatewayConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Ends connections on which a body does not end. A body that trickles in before anybody reads it is cut off at the bound. And a
 * refusal may be told before the body has come in: what is still on its way is then thrown away for a moment, so that the caller
 * gets to read the answer (RFC 9112, section 9.6).
 */
@Singleton
public class BodyWatch {

    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final int BEFORE_ALL_ELSE = 1_000;

    private final Vertx vertx;
    private final Duration within;

    BodyWatch(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        this.within = config.bodyDeadline();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_ALL_ELSE);
    }

    private void watch(RoutingContext call) {
        HttpServerRequest request = call.request();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean stream = type != null && type.startsWith("application/grpc");
        if (hasBody(request) && !stream) {
            // One second later than whoever reads it, who can still say why.
            long timer = vertx.setTimer(within.plusSeconds(1).toMillis(), late -> end(request));
            call.addEndHandler(ignored -> {
                vertx.cancelTimer(timer);
                linger(request);
            });
            if (request.version() != HttpVersion.HTTP_2) {
                call.addHeadersEndHandler(ignored -> {
                    if (!request.isEnded()) {
                        call.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    }
                });
            }
        }
        call.next();
    }

    /** By its headers: until it is read, even a request without a body has not ended. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.version() == HttpVersion.HTTP_2 && !request.method().equals(HttpMethod.GET)
                        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : !length.equals("0");
    }

    private void linger(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(waste -> {});
            request.resume();
            vertx.setTimer(LINGER.toMillis(), late -> end(request));
        }
    }

    /** Of HTTP/2 only the stream: the connection has others. */
    private static void end(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
