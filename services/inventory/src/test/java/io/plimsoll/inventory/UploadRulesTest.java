package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.inventory.ingest.Spool;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.SubjectCodec;
import io.plimsoll.wire.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upload and a declaration may do, and what is refused whole. */
class UploadRulesTest {

    private static final String SHOP = KillPointsTest.SHOP;

    private static ProblemException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).isNotNull();
        return problem;
    }

    @Test
    void theSameContentKeepsTheRevisionAndWritesNothing() throws IOException {
        Rig rig = Rig.begun();
        rig.ingest.upload(Rig.order("same"), Rig.content(SHOP));
        long waiting = rig.outbox.backlog().records();
        UploadOutcome again = rig.ingest.upload(Rig.order("same"), Rig.content(SHOP));
        assertThat(again.revision()).isEqualTo(new Version(1, 1, 0));
        assertThat(again.unchanged()).isEqualTo(3);
        assertThat(rig.outbox.backlog().records()).isEqualTo(waiting);
        // Another source that says the same: nothing that is published changes.
        UploadOrder other = new UploadOrder("same", "copy", "", "", null, false);
        assertThat(rig.ingest.upload(other, Rig.content(SHOP)).removed()).isZero();
    }

    @Test
    void aKeyIsAnsweredAsBeforeWithoutANewRevision() throws IOException {
        Rig rig = Rig.begun();
        UploadOrder order = new UploadOrder("keyed", "files", "", "one", null, true);
        UploadOutcome first = rig.ingest.upload(order, Rig.content(SHOP));
        rig.ingest.upload(Rig.order("keyed"), Rig.content(SHOP.replace(":1", ":2")));
        assertThat(rig.ingest.upload(order, Rig.content(SHOP))).isEqualTo(first);
        assertThat(rig.store.cluster("keyed").orElseThrow().revision()).isEqualTo(new Version(1, 2, 0));
    }

    @Test
    void aStaleExpectationAnotherModeAndAnUnknownClusterAreRefused() throws IOException {
        Rig rig = Rig.begun();
        rig.ingest.upload(Rig.order("expected"), Rig.content(SHOP));
        UploadOrder stale = new UploadOrder("expected", "files", "", "", UploadOrder.expected("1.7"), false);
        ProblemException problem = refused(() -> rig.ingest.upload(stale, Rig.content("")));
        assertThat(problem.problem()).isEqualTo(Problem.STALE);
        assertThat(problem.detail()).contains("is at revision 1.1, not at 1.7");
        assertThat(rig.store.cluster("expected").orElseThrow().objects()).isEqualTo(3);
        UploadOrder right = new UploadOrder("expected", "files", "", "", UploadOrder.expected("1.1"), false);
        assertThat(rig.ingest.upload(right, Rig.content("")).removed()).isEqualTo(3);

        rig.store.register("living", ClusterMode.LIVE, Rig.PARTITIONS);
        assertThat(refused(() -> rig.ingest.upload(Rig.order("living"), Rig.content(SHOP)))
                        .problem())
                .isEqualTo(Problem.CONFLICT);
        UploadOrder nowhere = new UploadOrder("nowhere", "files", "", "", null, false);
        assertThat(refused(() -> rig.ingest.upload(nowhere, Rig.content(SHOP))).problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void aMalformedDocument900NamesItsPlaceAndNothingIsKept() {
        StringBuilder many = new StringBuilder();
        for (int i = 1; i < 900; i++) {
            many.append("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c")
                    .append(i)
                    .append("}\n---\n");
        }
        many.append("apiVersion: v1\nkind: [unclosed\n");
        ProblemException problem = refused(() -> Rig.content(many.toString()));
        assertThat(problem.problem()).isEqualTo(Problem.UNPROCESSABLE);
        assertThat(problem.place()).startsWith("shop.yaml, document 900, line ");
        assertThat(problem.detail()).contains("nothing of the upload is kept");
    }

    @Test
    void whatIsTooLargeOrLeadsOutIsRefusedByName(@TempDir Path folder) throws IOException {
        Spool.Bounds bounds = new Spool.Bounds(100, 2, 60);
        try (Spool spool = Spool.open(folder, bounds)) {
            spool.add("a.yaml", new byte[60]);
            assertThat(refused(() -> spool.add("a.yaml", new byte[61])).limit()).isEqualTo("60 bytes");
            assertThat(refused(() -> spool.add("a.yaml", new byte[41])).limit()).isEqualTo("100 bytes");
            spool.add("b.yaml", new byte[1]);
            assertThat(refused(() -> spool.add("c.yaml", new byte[1])).limit()).isEqualTo("2 files");
            assertThat(refused(() -> spool.add("a.yaml", new byte[1])).detail()).contains("sent twice");
        }
        for (String name :
                List.of("", "/etc/a.yaml", "a/../../b.yaml", "a\\b.yaml", "a\u0000.yaml", "x".repeat(1_025))) {
            try (Spool spool = Spool.open(folder, bounds)) {
                assertThat(refused(() -> spool.add(name, new byte[1])).problem())
                        .isEqualTo(Problem.MALFORMED);
            }
        }
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void secretDataNeverReachTheTables() throws Exception {
        Rig rig = Rig.begun();
        rig.ingest.upload(
                Rig.order("secrets"),
                Rig.content("apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: s}\n  data: {k: Y2FuYXJ5}\n"
                        + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: t}\nstringData: {k: canary-42}\n"));
        try (var connection = Rig.database().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from source_object where position(convert_to("
                                + "'Y2FuYXJ5', 'UTF8') in object) > 0 or position(convert_to('canary-42', 'UTF8') in object) > 0")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
        assertThat(rig.store.cluster("secrets").orElseThrow().objects()).isEqualTo(2);
    }

    @Test
    void aDeclarationOfATeamChangesTheSubjectsOfItsClusterAlone() throws IOException {
        Rig rig = Rig.begun();
        rig.ingest.upload(Rig.order("owned"), Rig.content(SHOP));
        rig.ingest.upload(Rig.order("bystander"), Rig.content(SHOP));
        String said = "format: plimsoll.declarations/v1\nteams:\n- name: lighthouse\n  namespaces:\n"
                + "  - {cluster: owned, namespace: shop}\n";
        assertThat(rig.declare
                        .put("people", "", said.getBytes(StandardCharsets.UTF_8), "")
                        .changed())
                .isEqualTo(1);
        rig.recompute.run(() -> {});
        assertThat(rig.store.cluster("owned").orElseThrow().revision()).isEqualTo(new Version(1, 2, 0));
        assertThat(rig.store.cluster("bystander").orElseThrow().revision()).isEqualTo(new Version(1, 1, 0));
        rig.relay();
        Rig.Known known = rig.read("owned");
        long owned = 0;
        for (byte[] value : known.values(Topic.SUBJECTS, "owned")) {
            owned += SubjectCodec.fromWire(value).stream()
                    .filter(subject -> subject.team().equals("lighthouse"))
                    .count();
        }
        assertThat(owned).isGreaterThanOrEqualTo(2);
        assertThat(known.of(Topic.DECLARATIONS, "").settled()).isTrue();
        assertThat(known.values(Topic.DECLARATIONS, "")).hasSize(1);
        // Withdrawn again, and another source may not say what one has said.
        assertThat(refused(() -> rig.declare.put("others", "", said.getBytes(StandardCharsets.UTF_8), ""))
                        .problem())
                .isEqualTo(Problem.UNPROCESSABLE);
        byte[] nothing = "format: plimsoll.declarations/v1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(rig.declare.put("people", "", nothing, "").withdrawn()).isEqualTo(1);
        rig.recompute.run(() -> {});
        rig.relay();
        assertThat(rig.read("owned").values(Topic.DECLARATIONS, "")).isEmpty();
        assertThat(rig.store.cluster("owned").orElseThrow().revision()).isEqualTo(new Version(1, 3, 0));
        ProblemException bad = refused(() -> rig.declare.put(
                "people",
                "d.yaml",
                "format: plimsoll.declarations/v1\nteems: []\n".getBytes(StandardCharsets.UTF_8),
                ""));
        assertThat(bad.detail()).startsWith("d.yaml:2:");
    }

    @Test
    void aRebuildWritesEverythingAtANewEpochAndEndsWhatOnlyTheTopicsKnow() throws Exception {
        Rig rig = Rig.begun();
        rig.ingest.upload(Rig.order("rebuilt"), Rig.content(SHOP));
        rig.relay();
        // The store forgets an object the topics still hold, as after a restore of an older backup.
        try (var connection = Rig.database().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from source_object where cluster = 'rebuilt' and position = 2");
            statement.execute("delete from published where cluster = 'rebuilt' and topic = 1 and key like '%/web'");
        }
        rig.store.rebuild();
        rig.recompute.run(() -> {});
        assertThat(rig.store.pending()).isEmpty();
        rig.relay();
        Rig.Known known = rig.read("rebuilt");
        assertThat(known.of(Topic.RESOURCES, "rebuilt").mark()).isEqualTo(new Version(2, 1, 0));
        assertThat(known.of(Topic.RESOURCES, "rebuilt").settled()).isTrue();
        assertThat(known.values(Topic.RESOURCES, "rebuilt")).hasSize(2);
        assertThat(known.of(Topic.SUBJECTS, "rebuilt").settled()).isTrue();
        rig.ingest.upload(Rig.order("rebuilt"), Rig.content(SHOP.replace(":1", ":3")));
        assertThat(rig.store.cluster("rebuilt").orElseThrow().revision()).isEqualTo(new Version(2, 2, 0));
    }

    @Test
    void namesThatNoDatabaseTakesAreKeptAndThoseTooLongRefused() throws IOException {
        Rig rig = Rig.begun();
        String odd = "{\"apiVersion\":\"v1\",\"kind\":\"Con\\u0000fig\\ud800\",\"metadata\":{\"name\":\"a\\u0000\"}}";
        rig.ingest.upload(Rig.order("odd"), Rig.content(Map.of("-", odd.getBytes(StandardCharsets.UTF_8)), ""));
        assertThat(rig.store.cluster("odd").orElseThrow().objects()).isEqualTo(1);
        ProblemException problem = refused(() -> rig.ingest.upload(
                Rig.order("odd"),
                Rig.content("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + "ä".repeat(1_500) + "}\n")));
        assertThat(problem.limit()).isEqualTo("2000 bytes");
        assertThat(rig.store.cluster("odd").orElseThrow().revision()).isEqualTo(new Version(1, 1, 0));
    }

    @Test
    void clustersGoToTheLeastLoadedPartition() throws IOException {
        Rig rig = Rig.begun();
        rig.ingest.upload(Rig.order("heavy"), Rig.content(SHOP));
        int heavy = rig.store.cluster("heavy").orElseThrow().partition();
        var light = rig.store.register("light", ClusterMode.MANIFESTS, 2_000);
        assertThat(light.created()).isTrue();
        assertThat(light.cluster().partition()).isNotEqualTo(heavy);
        assertThat(rig.store.register("light", ClusterMode.LIVE, 2_000).created())
                .isFalse();
    }

    @Test
    void anUploadOfOneFileIsReadAsItIsNamed() throws IOException {
        byte[] json = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a.yaml\"}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Rig.content(Map.of("-", json), "").objects()).hasSize(1);
        assertThat(Rig.content(Map.of("README.md", json), "").objects()).isEmpty();
    }
}
