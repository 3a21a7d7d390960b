package io.plimsoll.gateway.api;

import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.StageJson;
import io.plimsoll.gateway.upstream.EventClients;
import io.plimsoll.gateway.upstream.Failures;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.TokenLife;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.gateway.upstream.Watching;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Stage changes as server-sent events: the id is the sequence, and a client that comes again with the last one goes on from there. A
 * stream ends with an event {@code problem} when it cannot go on: the service behind went away, the client reads too slowly, or
 * its token has expired. In all of these the client comes again.
 */
@Path("/api/v1/events")
@ApplicationScoped
@Tag(name = "events")
public class EventsResource {

    /** How long browsers wait before they come again. */
    private static final long RECONNECT_MILLIS = 2_000;

    private final Questions questions;
    private final Watching watching;
    private final Sse sse;
    private final GatewayConfig config;
    private final EventClients clients;
    private final SecurityIdentity identity;

    EventsResource(
            Questions questions,
            Watching watching,
            Sse sse,
            GatewayConfig config,
            EventClients clients,
            SecurityIdentity identity) {
        this.questions = questions;
        this.watching = watching;
        this.sse = sse;
        this.config = config;
        this.clients = clients;
        this.identity = identity;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(operationId = "watchEvents", summary = "Stage changes as they happen; Last-Event-ID goes on from there")
    public Multi<OutboundSseEvent> watch(
            @QueryParam("scope") @Nullable String scope, @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        WatchEventsRequest.Builder request = WatchEventsRequest.newBuilder().setAfterSequence(sequence(lastEventId));
        Asked.scope("scope", scope).ifPresent(request::setScope);
        Duration valid = tokenIsValidFor();
        // Once a stream has begun, no status can be told any more: something small is asked first.
        questions.ask(
                Upstream.STAGE_SCORING,
                ScopeServiceGrpc.getListScopesMethod(),
                ListScopesRequest.newBuilder().setPageSize(1).build());
        Multi<WatchEventsResponse> changes = watching.changes(request.build(), config.eventsKeptMax());
        clients.enter();
        return stream(changes, valid).onTermination().invoke(clients::leave);
    }

    private Multi<OutboundSseEvent> stream(Multi<WatchEventsResponse> changes, Duration valid) {
        Multi<OutboundSseEvent> opening = Multi.createFrom()
                .item(() -> sse.newEventBuilder()
                        .comment("open")
                        .reconnectDelay(RECONNECT_MILLIS)
                        .build());
        Multi<OutboundSseEvent> events = changes.map(this::event)
                .onCompletion()
                .failWith(() -> new ProblemException(Problem.SERVICE_AWAY, "stage-scoring ended the stream"));
        // A quiet stream is kept open, and a client that went away is found out.
        Multi<OutboundSseEvent> beats = Multi.createFrom()
                .ticks()
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("beat").build());
        Multi<OutboundSseEvent> expiry = Multi.createFrom()
                .ticks()
                .startingAfter(valid)
                .every(valid)
                .onOverflow()
                .drop()
                .map(tick -> {
                    throw new ProblemException(Problem.UNAUTHENTICATED, "the token has expired");
                });
        return Multi.createBy()
                .merging()
                .streams(opening, events, beats, expiry)
                .onFailure()
                .recoverWithMulti(failure -> Multi.createFrom().item(() -> ending(failure)));
    }

    private OutboundSseEvent event(WatchEventsResponse event) {
        return sse.newEventBuilder()
                .id(Long.toUnsignedString(event.getSequence()))
                .name("stage-changed")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, line(json -> StageJson.event(json, event)))
                .build();
    }

    private OutboundSseEvent ending(Throwable failure) {
        ProblemException problem = failure instanceof BackPressureFailure
                ? new ProblemException(Problem.TOO_MANY, "events were read too slowly; come again with the last id")
                        .over(config.eventsKeptMax() + " events")
                : Failures.of(Upstream.STAGE_SCORING, failure);
        return sse.newEventBuilder()
                .name("problem")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, line(json -> ProblemJson.write(json, problem)))
                .build();
    }

    private static String line(JsonText.Value value) {
        return new String(JsonText.line(value), StandardCharsets.UTF_8);
    }

    private Duration tokenIsValidFor() {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "a bearer token is needed");
        }
        return TokenLife.left(token, Clock.systemUTC().instant());
    }

    private static long sequence(@Nullable String id) {
        if (id == null || id.isBlank()) {
            return 0;
        }
        if (!id.matches("[0-9]{1,18}")) {
            throw new ProblemException(Problem.MALFORMED, "Last-Event-ID is the id of an event").at("Last-Event-ID");
        }
        return Long.parseLong(id);
    }
}
