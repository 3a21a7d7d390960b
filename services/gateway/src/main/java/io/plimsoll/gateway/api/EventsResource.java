package io.plimsoll.gateway.api;

import io.plimsoll.api.scoring.v1.MutinyStageServiceGrpc;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.StageJson;
import io.plimsoll.gateway.upstream.Failures;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Stage changes as server-sent events: the id is the sequence, and a client that comes again with the last one goes on from there. */
@Path("/api/v1/events")
@ApplicationScoped
@Tag(name = "events")
public class EventsResource {

    private final Questions questions;
    private final Sse sse;
    private final GatewayConfig config;
    private final AtomicInteger clients = new AtomicInteger();

    EventsResource(Questions questions, Sse sse, GatewayConfig config) {
        this.questions = questions;
        this.sse = sse;
        this.config = config;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(operationId = "watchEvents", summary = "Stage changes as they happen; Last-Event-ID goes on from there")
    public Multi<OutboundSseEvent> watch(
            @QueryParam("scope") @Nullable String scope, @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        WatchEventsRequest.Builder request = WatchEventsRequest.newBuilder().setAfterSequence(sequence(lastEventId));
        Asked.scope("scope", scope).ifPresent(request::setScope);
        if (clients.incrementAndGet() > config.eventClientsMax()) {
            clients.decrementAndGet();
            throw new ProblemException(Problem.TOO_MANY, "too many listen to events; come again later")
                    .over(config.eventClientsMax() + " clients")
                    .retryAfter(config.heartbeat());
        }
        Multi<OutboundSseEvent> events = MutinyStageServiceGrpc.newMutinyStub(questions.channel(Upstream.STAGE_SCORING))
                .watchEvents(request.build())
                .onOverflow()
                .buffer(config.eventsKeptMax())
                .onFailure()
                .transform(failure -> Failures.of(Upstream.STAGE_SCORING, failure))
                .map(this::event);
        // A quiet stream is kept open, and a client that went away is found out.
        Multi<OutboundSseEvent> beats = Multi.createFrom()
                .ticks()
                .every(config.heartbeat())
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("beat").build());
        return Multi.createBy()
                .merging()
                .streams(
                        events.onCompletion()
                                .failWith(
                                        () -> new ProblemException(Problem.SERVICE_AWAY, "the stream of events ended")),
                        beats)
                // The stream has begun: all a client can do with a fault is come again.
                .onFailure()
                .recoverWithCompletion()
                .onTermination()
                .invoke(clients::decrementAndGet);
    }

    private OutboundSseEvent event(WatchEventsResponse event) {
        return sse.newEventBuilder()
                .id(Long.toUnsignedString(event.getSequence()))
                .name("stage-changed")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(
                        String.class,
                        new String(JsonText.line(json -> StageJson.event(json, event)), StandardCharsets.UTF_8))
                .build();
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
