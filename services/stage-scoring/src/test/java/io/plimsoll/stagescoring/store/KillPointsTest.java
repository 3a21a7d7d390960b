package io.plimsoll.stagescoring.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.api.stages.v1.Standing;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.stagescoring.estate.RealRig;
import io.plimsoll.stagescoring.flow.StageStore.Outgoing;
import io.plimsoll.store.Database;
import io.plimsoll.wire.FindingsCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.StagesCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * The database breaks off before or after the commit of each transaction that scoring writes, and scoring begins anew: stages are those of one
 * process, no event and no record is lost, none is there twice.
 */
class KillPointsTest {

    private static final ClusterState SHOP = Estate.cluster("shop", """
            apiVersion: v1
            kind: Namespace
            metadata: {name: front, labels: {team: red}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: front}
            spec: {template: {spec: {hostNetwork: true, containers: [{name: main, image: "example/web:latest"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: front}
            spec: {template: {spec: {containers: [{name: main, image: "example/cart:1"}]}}}
            """);
    private static final ClusterState BACK = Estate.cluster("back", """
            apiVersion: v1
            kind: Namespace
            metadata: {name: stock}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: stock, namespace: stock}
            spec: {containers: [{name: main, image: "example/stock:2"}]}
            """);

    private static final ClusterState SMALLER = new ClusterState(
            "shop", SHOP.mode(), SHOP.resources().subList(0, SHOP.resources().size() - 1));

    private interface Act {
        void in(RealRig rig);
    }

    private static final List<Act> STORY = List.of(
            rig -> {
                rig.writers.declare(Declarations.NONE);
                rig.writers.all(SHOP, 1);
            },
            rig -> rig.writers.all(BACK, 1),
            rig -> rig.writers.inventory(SMALLER, 2),
            rig -> rig.writers.analysers(SMALLER, 2, 2),
            rig -> rig.writers.gone("back", 2));

    /** What has been interrupted begins anew, as the corridor's thread does it. */
    private static void walk(RealRig rig) {
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                rig.walk();
                return;
            } catch (ProblemException e) {
                rig.again();
            }
        }
        throw new AssertionError("interrupted too often");
    }

    @Test
    void nothingIsLostAndNothingIsThereTwice() throws InvalidProtocolBufferException {
        KillableSource source = new KillableSource(RealDatabase.empty());
        RealRig calm = new RealRig(source);
        source.spare();
        STORY.forEach(act -> {
            act.in(calm);
            walk(calm);
        });
        check(source, "calm");
        List<String> lives = lives(source);
        assertThat(lives).anyMatch(life -> life.contains(" resolved")).anyMatch(life -> life.contains(" open"));
        int writes = source.seen();
        assertThat(writes).isGreaterThan(8);
        for (int nth = 1; nth <= writes; nth++) {
            for (boolean after : List.of(false, true)) {
                RealDatabase.empty();
                RealRig rig = new RealRig(source);
                source.kill(nth, after);
                for (Act act : STORY) {
                    act.in(rig);
                    walk(rig);
                }
                String what = "broken " + (after ? "after" : "before") + " commit " + nth;
                check(source, what);
                assertThat(lives(source)).as(what).isEqualTo(lives);
            }
        }
    }

    /** The history of each finding. */
    private static List<String> lives(DataSource source) {
        return new Database(source)
                .transaction(session -> session.all(
                        "select cluster, encode(identity, 'hex'), control, resolution, reopenings, first_seen,"
                                + " case when resolved_at is null then 'open' else 'resolved' end from finding_life"
                                + " order by cluster, identity",
                        row -> String.join(
                                " ",
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7))));
    }

    private static void check(DataSource source, String what) throws InvalidProtocolBufferException {
        Database database = new Database(source);
        AssessmentResult expected = new Estate("end", List.of(SMALLER), Declarations.NONE).assess(Estate.AS_OF);
        StagesCodec stages = new StagesCodec(Estate.MODEL);
        List<Object> measured = new ArrayList<>();
        for (byte[] record : database.transaction(session -> session.all(
                "select record from scope where not gone order by kind, id collate \"C\"", row -> row.getBytes(1)))) {
            measured.add(stages.fromWire(record).measured());
        }
        assertThat(measured).as(what).isEqualTo(expected.scopes());
        FindingsCodec findings = new FindingsCodec();
        List<Object> found = new ArrayList<>();
        for (byte[] row : database.transaction(session ->
                session.all("select content from finding order by place, cluster, tie", each -> each.getBytes(1)))) {
            found.add(findings.fromWire(row));
        }
        assertThat(found).as(what).isEqualTo(expected.findings());
        outbox(database, what);
        events(database, what);
    }

    /** Nobody has sent anything: every record of every scope is there, once, in its order. */
    private static void outbox(Database database, String what) {
        Map<String, Long> sequences = new HashMap<>();
        for (Outgoing each : new PostgresStages(database, new StagesCodec(Estate.MODEL)).outgoing(10_000)) {
            assertThat(each.sequence())
                    .as("%s: %s", what, each.scope())
                    .isEqualTo(sequences.getOrDefault(each.scope(), 0L) + 1);
            sequences.put(each.scope(), each.sequence());
        }
        Map<String, Long> newest = new HashMap<>();
        database.transaction(session -> session.all("select id, sequence from scope", row -> {
            newest.put(row.getString(1), row.getLong(2));
            return "";
        }));
        assertThat(sequences).as(what).isEqualTo(newest);
    }

    /** Each event begins where the one before it ended. */
    private static void events(Database database, String what) throws InvalidProtocolBufferException {
        Map<String, Standing> last = new HashMap<>();
        for (byte[] content : database.transaction(
                session -> session.all("select content from event order by sequence", row -> row.getBytes(1)))) {
            WatchEventsResponse event = WatchEventsResponse.parseFrom(content);
            String scope = KernelCodec.fromWire(event.getScope()).id();
            assertThat(numbers(event.hasBefore() ? event.getBefore() : Standing.getDefaultInstance()))
                    .as("%s: %s", what, scope)
                    .isEqualTo(numbers(last.getOrDefault(scope, Standing.getDefaultInstance())));
            if (event.hasAfter()) {
                last.put(scope, event.getAfter());
            } else {
                last.remove(scope);
            }
        }
        database.transaction(session -> session.all("select id from scope where not gone", row -> {
            assertThat(last).as(what).containsKey(row.getString(1));
            return "";
        }));
    }

    /** What an event is about: counts may move without one. */
    private static String numbers(Standing standing) {
        StringBuilder numbers = new StringBuilder()
                .append(standing.getAdoption().getShown())
                .append(standing.getAdoption().getPossible())
                .append(standing.getSecurity().getLow())
                .append(standing.getSecurity().getHigh());
        standing.getGatesList().forEach(gate -> numbers.append(gate.getId()).append(gate.getStatus()));
        return numbers.toString();
    }
}
