package io.plimsoll.stagescoring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.api.Sight.Condition;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.store.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners hear every event that is theirs once, in its order, from where they say; who is too slow is told where to go on. */
class ListenersTest {

    private static final int LISTENERS_MAX = 3;
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Caller ADMIN = new Caller("admin", Set.of(Role.ADMIN), Set.of());

    private final Database database = new Database(RealDatabase.empty());
    private final Listeners listeners = new Listeners(new Reader(database, () -> ADMIN), LISTENERS_MAX);
    private final List<AssertSubscriber<WatchEventsResponse>> open = new ArrayList<>();

    @AfterEach
    void hangUp() {
        open.forEach(AssertSubscriber::cancel);
    }

    private void tell(int count, String scope, List<String> teams) {
        database.transaction(session -> session.write(
                "insert into event (at, scope, teams, content) select now(), ?, ?, ? from generate_series(1, ?)",
                scope,
                teams,
                WatchEventsResponse.newBuilder().addGatesChanged(scope).build().toByteArray(),
                count));
    }

    private AssertSubscriber<WatchEventsResponse> subscribe(Multi<WatchEventsResponse> events, long requests) {
        AssertSubscriber<WatchEventsResponse> subscriber =
                events.subscribe().withSubscriber(AssertSubscriber.create(requests));
        open.add(subscriber);
        return subscriber;
    }

    private static List<Long> sequences(AssertSubscriber<WatchEventsResponse> subscriber) {
        return subscriber.getItems().stream()
                .map(WatchEventsResponse::getSequence)
                .toList();
    }

    @Test
    void whatWasMissedComesFirstThenWhatComes() {
        tell(250, "team/red", List.of("red"));
        var subscriber = subscribe(listeners.listen(40, Condition.TRUE), Long.MAX_VALUE);
        subscriber.awaitItems(210, BOUND);
        tell(5, "team/red", List.of("red"));
        subscriber.awaitItems(215, BOUND);
        assertThat(sequences(subscriber))
                .isEqualTo(LongStream.rangeClosed(41, 255).boxed().toList());
    }

    @Test
    void withoutASequenceOnlyNewOnesCome() {
        tell(10, "team/red", List.of("red"));
        var subscriber = subscribe(listeners.listen(0, Condition.TRUE), Long.MAX_VALUE);
        tell(1, "team/red", List.of("red"));
        subscriber.awaitItems(1, BOUND);
        assertThat(sequences(subscriber)).containsExactly(11L);
    }

    @Test
    void aTeamHearsOfItsOwnScopesOnly() {
        Sight red = new Sight(new Caller("viewer", Set.of(Role.VIEWER), Set.of("red")));
        tell(1, "organisation", List.of("blue", "red"));
        tell(1, "team/blue", List.of("blue"));
        tell(1, "cluster/nobodys", List.of());
        tell(1, "team/red", List.of("red"));
        var subscriber = subscribe(listeners.listen(0, red.ofScopes()), Long.MAX_VALUE);
        tell(1, "organisation", List.of("blue", "red"));
        tell(1, "team/red", List.of("red"));
        subscriber.awaitItems(1, BOUND);
        assertThat(subscriber.getItems().getFirst().getGatesChanged(0)).isEqualTo("team/red");
        assertThat(sequences(subscriber)).containsExactly(6L);
    }

    @Test
    void whoAsksForLessThanComesIsEndedAndToldWhy() {
        tell(3_000, "team/red", List.of("red"));
        var subscriber = subscribe(listeners.listen(1, Condition.TRUE), 1);
        subscriber.awaitFailure(
                failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MANY)),
                BOUND);
        assertThat(sequences(subscriber)).containsExactly(2L);
        var resumed = subscribe(listeners.listen(2, Condition.TRUE), Long.MAX_VALUE);
        resumed.awaitItems(2_998, BOUND);
        assertThat(sequences(resumed))
                .isEqualTo(LongStream.rangeClosed(3, 3_000).boxed().toList());
    }

    @Test
    void whatIsNoLongerKeptIsNotPassedOverInSilence() {
        tell(10, "team/red", List.of("red"));
        database.transaction(session -> session.write("update estate set forgotten = 5"));
        assertThatThrownBy(() -> listeners.listen(4, Condition.TRUE))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SNAPSHOT_MOVED));
        assertThat(listeners.listening()).isZero();
        subscribe(listeners.listen(5, Condition.TRUE), Long.MAX_VALUE).awaitItems(5, BOUND);
    }

    @Test
    void moreThanTheBoundAreRefused() {
        for (int i = 0; i < LISTENERS_MAX; i++) {
            subscribe(listeners.listen(0, Condition.TRUE), Long.MAX_VALUE);
        }
        assertThatThrownBy(() -> listeners.listen(0, Condition.TRUE))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_MANY));
        open.removeFirst().cancel();
        subscribe(listeners.listen(0, Condition.TRUE), Long.MAX_VALUE);
    }
}
