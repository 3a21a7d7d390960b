package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.sensor.Credential;
import io.plimsoll.inventory.sensor.Credentials;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorFlow;
import io.plimsoll.inventory.sensor.SensorStore;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of what sensors tell, on a real database. */
class LiveTest {

    private static final SensorFlow.End OPEN = new SensorFlow.End(false, false, null);

    private final PostgresSensors sensors = new PostgresSensors(new Database(Rig.database()));
    private final Rig rig = Rig.begun();
    private final SensorFlow flow = flow(Step.Watcher.NOBODY, Clock.systemUTC());

    private SensorFlow flow(Step.Watcher steps, Clock clock) {
        return new SensorFlow(sensors, "127.0.0.1:1", clock, steps);
    }

    private String credential(String cluster) {
        return new Credentials(sensors, rig.store, Rig.PARTITIONS, Clock.systemUTC())
                .issue(cluster, "test", null)
                .shown();
    }

    private static SensorFlow.End complete(SetDigest digest) {
        return new SensorFlow.End(true, true, digest);
    }

    private SensorFlow.Session seen(String cluster, SensorChange... objects) {
        SensorFlow.Opened opened = flow.open(credential(cluster), cluster, "1", new byte[0]);
        assertThat(opened.wish()).isEqualTo(SensorFlow.Wish.SNAPSHOT);
        SensorFlow.Accepted accepted =
                flow.apply(opened.session(), List.of(objects), complete(Sensed.digest(objects)), 0);
        assertThat(accepted.wish()).isEqualTo(SensorFlow.Wish.NOTHING);
        return opened.session();
    }

    private void publish() {
        rig.recompute.run(() -> {});
    }

    private long number(String cluster) {
        return rig.store.cluster(cluster).orElseThrow().revision().number();
    }

    private List<ObjectKey> held(String cluster) {
        return sensors.inSensor(cluster, transaction -> transaction.stretch(ObjectKey.LEAST, null)).stream()
                .map(Comparison.Hashed::key)
                .toList();
    }

    private static void refused(Problem problem, String text, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isEqualTo(problem);
            assertThat(e.getMessage()).contains(text);
        });
    }

    @Test
    void aSnapshotIsPublishedWhenItIsCompleteAndNotBefore() {
        SensorFlow.Opened opened = flow.open(credential("live-1"), "live-1", "1", new byte[0]);
        SensorChange one = Sensed.service("live-1", 1, 5, "a");
        SensorChange two = Sensed.service("live-1", 2, 6, "b");
        flow.apply(opened.session(), List.of(one), OPEN, 0);
        publish();
        assertThat(number("live-1")).isZero();
        flow.apply(opened.session(), List.of(two), complete(Sensed.digest(one, two)), 0);
        publish();
        assertThat(number("live-1")).isEqualTo(1);
        rig.relay();
        assertThat(rig.read("live-1").of(Topic.RESOURCES, "live-1").live()).hasSize(2);
        publish();
        assertThat(number("live-1")).as("nothing waits any more").isEqualTo(1);
    }

    @Test
    void aBatchThatComesTwiceAndOneThatIsLateChangeNothing() {
        SensorFlow.Session session = seen("live-2", Sensed.service("live-2", 1, 5, "a"));
        publish();
        List<SensorChange> batch = List.of(Sensed.service("live-2", 1, 9, "b"), Sensed.gone(2, 10));
        assertThat(flow.apply(session, batch, OPEN, 0).changed()).isEqualTo(1);
        SensorFlow.Accepted again = flow.apply(session, batch, OPEN, 0);
        assertThat(again.changed()).isZero();
        SensorFlow.Accepted late = flow.apply(
                session, List.of(Sensed.service("live-2", 1, 7, "c"), Sensed.service("live-2", 2, 8, "x")), OPEN, 0);
        assertThat(late.stale()).isEqualTo(2);
        assertThat(held("live-2")).containsExactly(Sensed.key(1));
        publish();
        assertThat(number("live-2")).isEqualTo(2);
    }

    @Test
    void aComparisonWantsWhatDiffersAndForgetsWhatIsGone() {
        seen(
                "live-3",
                Sensed.service("live-3", 1, 5, "a"),
                Sensed.service("live-3", 2, 5, "a"),
                Sensed.service("live-3", 3, 5, "a"));
        SensorFlow.Opened opened = flow.open(credential("live-3"), "live-3", "1", new byte[0]);
        assertThat(opened.wish()).isEqualTo(SensorFlow.Wish.DIGESTS);
        SensorChange changed = Sensed.service("live-3", 3, 4, "changed");
        SensorFlow.Compared first =
                flow.page(opened.session(), ObjectKey.LEAST, Sensed.page(Sensed.service("live-3", 1, 5, "a")), false);
        assertThat(first.wanted()).isEmpty();
        SensorFlow.Compared last = flow.page(opened.session(), Sensed.key(1), Sensed.page(changed), true);
        assertThat(last.wanted()).containsExactly(Sensed.key(3));
        assertThat(last.gone()).isEqualTo(1);
        // Of an older version than what is held, and yet what was asked for: a cluster may have been restored.
        SensorFlow.Accepted accepted = flow.apply(
                opened.session(),
                List.of(changed),
                new SensorFlow.End(false, true, Sensed.digest(Sensed.service("live-3", 1, 5, "a"), changed)),
                1);
        assertThat(accepted.wish()).isEqualTo(SensorFlow.Wish.NOTHING);
        assertThat(held("live-3")).containsExactly(Sensed.key(1), Sensed.key(3));
    }

    @Test
    void endsThatDriftApartAreComparedAndInTheEndAskedForEverything() {
        SensorFlow.Session session = seen("live-4", Sensed.service("live-4", 1, 5, "a"));
        SensorFlow.End other = new SensorFlow.End(false, true, Sensed.digest(Sensed.service("live-4", 1, 5, "other")));
        assertThat(flow.apply(session, List.of(), other, 0).wish()).isEqualTo(SensorFlow.Wish.DIGESTS);
        assertThat(flow.apply(session, List.of(), other, 3).wish()).isEqualTo(SensorFlow.Wish.SNAPSHOT);
    }

    @Test
    void whatIsOutOfOrderOrUnaskedIsRefusedByName() {
        SensorFlow.Session session = seen("live-5", Sensed.service("live-5", 1, 5, "a"));
        refused(Problem.MALFORMED, "nobody asked for", () -> flow.page(session, ObjectKey.LEAST, List.of(), true));
        refused(Problem.MALFORMED, "no snapshot", () -> flow.apply(session, List.of(), complete(SetDigest.EMPTY), 0));
        SensorFlow.Opened opened = flow.open(credential("live-5"), "live-5", "1", new byte[0]);
        refused(Problem.STALE, "another stream", () -> flow.apply(session, List.of(), OPEN, 0));
        refused(
                Problem.MALFORMED,
                "out of order",
                () -> flow.page(
                        opened.session(),
                        ObjectKey.LEAST,
                        Sensed.page(Sensed.service("live-5", 2, 5, "a"), Sensed.service("live-5", 1, 5, "a")),
                        true));
        SensorFlow later = flow(Step.Watcher.NOBODY, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(31)));
        refused(Problem.TOO_MANY, "does not end", () -> later.apply(opened.session(), List.of(), OPEN, 0));
    }

    @Test
    void aCredentialOpensItsClusterAloneUntilItEnds() {
        Credentials credentials = new Credentials(sensors, rig.store, Rig.PARTITIONS, Clock.systemUTC());
        Credential.Issued first = credentials.issue("live-6", "admin", null);
        Credential.Issued second =
                credentials.issue("live-6", "admin", Instant.now().plusSeconds(3600));
        credentials.issue("live-7", "admin", null);
        refused(
                Problem.FORBIDDEN,
                "cannot speak for another",
                () -> flow.open(first.shown(), "live-7", "1", new byte[0]));
        refused(
                Problem.UNAUTHENTICATED,
                "not known",
                () -> flow.open(first.credential().id() + ".guess", "live-6", "1", new byte[0]));
        refused(Problem.UNAUTHENTICATED, "is needed", () -> flow.open("", "live-6", "1", new byte[0]));
        SensorFlow.Session session =
                flow.open(first.shown(), "live-6", "1", new byte[0]).session();
        credentials.revoke("live-6", first.credential().id());
        refused(Problem.UNAUTHENTICATED, "revoked", () -> flow.apply(session, List.of(), OPEN, 0));
        refused(Problem.UNAUTHENTICATED, "revoked", () -> flow.open(first.shown(), "live-6", "1", new byte[0]));
        SensorFlow tomorrow = flow(Step.Watcher.NOBODY, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
        refused(Problem.UNAUTHENTICATED, "expired", () -> tomorrow.open(second.shown(), "live-6", "1", new byte[0]));
        assertThat(flow.open(second.shown(), "live-6", "1", new byte[0])
                        .session()
                        .number())
                .isEqualTo(2);
        assertThat(credentials.of("live-6"))
                .extracting(each -> each.revoked() != null)
                .containsExactly(true, false);
        refused(
                Problem.NOT_FOUND,
                "no such credential",
                () -> credentials.revoke("live-7", first.credential().id()));
    }

    @Test
    void aProcessThatEndsAnywhereInABatchLosesNothingAndAppliesNothingTwice() {
        SensorFlow.Session session = seen("live-8", Sensed.service("live-8", 1, 5, "a"));
        publish();
        for (Step step : List.of(Step.LOCKED, Step.REPLACED, Step.ACCEPTED, Step.COMMITTED)) {
            SensorFlow dying = flow(new Rig.Kill(step), Clock.systemUTC());
            int number = 10 + step.ordinal();
            List<SensorChange> batch = List.of(Sensed.service("live-8", number, number, "a"));
            assertThatThrownBy(() -> dying.apply(session, batch, OPEN, 0)).isInstanceOf(Rig.Killed.class);
            // Nobody was told: it comes again.
            int changed = flow.apply(session, batch, OPEN, 0).changed();
            assertThat(changed).as("after " + step).isEqualTo(step == Step.COMMITTED ? 0 : 1);
        }
        assertThat(held("live-8")).hasSize(5);
        Rig dying = new Rig(new Rig.Kill(Step.MARKED));
        assertThatThrownBy(() -> dying.recompute.run(() -> {})).isInstanceOf(Rig.Killed.class);
        assertThat(number("live-8")).isEqualTo(1);
        publish();
        assertThat(number("live-8")).isEqualTo(2);
    }

    @Test
    void historyTellsWhoChangedWhatAndAtWhichRevision() {
        SensorFlow.Session session = seen(
                "live-9",
                Sensed.object(
                        "live-9",
                        "argoproj.io/v1alpha1",
                        "Application",
                        "argocd",
                        "shop",
                        5,
                        "\"status\":{\"sync\":{\"revision\":\"abc123\"}}",
                        ""),
                Sensed.service("live-9", 1, 5, "a"));
        flow.apply(
                session,
                List.of(
                        Sensed.object(
                                "live-9",
                                "v1",
                                "Service",
                                "shop",
                                "s2",
                                6,
                                "\"spec\":{}",
                                "\"annotations\":{\"argocd.argoproj.io/tracking-id\":\"shop:/Service:shop/s2\"},"
                                        + "\"managedFields\":[{\"manager\":\"argocd-controller\",\"operation\":\"Apply\",\"time\":\"2026-01-01T00:00:00Z\"}],"),
                        Sensed.service("live-9", 1, 7, "b"),
                        Sensed.object("live-9", "v1", "Pod", "shop", "p", 8, "\"spec\":{}", "")),
                OPEN,
                0);
        flow.apply(session, List.of(Sensed.gone(1, 9)), OPEN, 0);
        List<SensorStore.NumberedChange> changes = sensors.changes("live-9", ObjectKey.LEAST, Long.MAX_VALUE, 10);
        assertThat(changes)
                .extracting(
                        each -> each.change().what() + " " + each.change().key().name())
                .containsExactly("removed s1", "changed s1", "added s2");
        assertThat(changes.get(2).change().by().manager()).isEqualTo("argocd-controller");
        assertThat(changes.get(2).change().delivery()).isEqualTo("Application shop");
        assertThat(changes.get(2).change().revision()).isEqualTo("abc123");
    }

    @Test
    void moreObjectsThanAClusterHoldsAreRefusedAndTheRestStands() {
        SensorFlow.Session session = seen("live-10", Sensed.service("live-10", 1, 5, "a"));
        List<SensorChange> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(Sensed.service("live-10", 100 + i, 5, "a"));
        }
        // As if the cluster held nearly as many as it may.
        var unused = sensors.inSensor("live-10", transaction -> {
            transaction.accept(Sensed.withObjects(transaction.row().orElseThrow(), 149_990));
            return true;
        });
        refused(Problem.TOO_LARGE, "more than 150000", () -> flow.apply(session, many, OPEN, 0));
        assertThat(held("live-10")).containsExactly(Sensed.key(1));
    }
}
