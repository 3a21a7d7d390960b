package io.plimsoll.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.testing.KubernetesApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a sensor tells, whatever its cluster and its centre do. */
class SensorTest {

    private static final String POLICY = "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\","
            + "\"metadata\":{\"name\":\"deny\",\"namespace\":\"shop\"},\"spec\":{\"podSelector\":{}}}";

    private static void fill(Rig rig, int services) {
        for (int i = 0; i < services; i++) {
            rig.cluster.put(Rig.service(i, "ClusterIP"));
        }
    }

    @Test
    void everythingIsToldOnceAndThenWhatChangesAndNothingIsEverWritten() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 10);
            rig.cluster.put(POLICY);
            rig.cluster.put("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"canary\","
                    + "\"namespace\":\"shop\"},\"data\":{\"a\":\"Y2FuYXJ5\"}}");
            rig.start().awaitAgreement(11);
            assertThat(rig.centre.shown()).isEqualTo("id.secret");
            rig.cluster.put(Rig.service(3, "NodePort"));
            rig.cluster.delete("services", "shop", "s4");
            rig.cluster.put(Rig.service(20, "ClusterIP"));
            rig.await(
                    "the changes are told",
                    () -> rig.centre.held().containsKey(Rig.key(20))
                            && !rig.centre.held().containsKey(Rig.key(4))
                            && rig.centre.text(Rig.key(3)).contains("NodePort"));
            rig.awaitAgreement(11);
            assertThat(rig.centre.held().keySet()).noneMatch(key -> key.kind().equals("Secret"));
            assertThat(rig.cluster.asked("/api/v1/secrets")).isZero();
            assertThat(rig.cluster.methods()).isNotEmpty().containsOnly("GET");
        }
    }

    @Test
    void afterTheCentreWasAwayOnlyWhatDiffersIsTold() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 50);
            rig.start().awaitAgreement(50);
            rig.centre.stop();
            for (int i = 0; i < 200; i++) {
                rig.cluster.put(Rig.service(i % 2, "T" + i));
            }
            rig.cluster.delete("services", "shop", "s9");
            rig.await("the changes are seen", () -> rig.view.figures().objects() == 49);
            assertThat(rig.view.figures().waiting()).isLessThanOrEqualTo(3);
            rig.centre.comeBack();
            rig.awaitAgreement(49);
            assertThat(rig.centre.told()).containsExactlyInAnyOrder(Rig.key(0), Rig.key(1));
            assertThat(rig.centre.pages()).isEqualTo(8);
        }
    }

    @Test
    void aStreamThatBreaksIsOpenedAgainAndNothingIsLost() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 20);
            rig.start().awaitAgreement(20);
            for (int i = 0; i < 10; i++) {
                rig.cluster.put(Rig.service(100 + i, "ClusterIP"));
                rig.centre.drop();
            }
            rig.awaitAgreement(30);
            assertThat(rig.centre.streams()).isGreaterThan(1);
        }
    }

    @Test
    void whatTheServerHasForgottenIsListedAgainAndADeletionInBetweenIsSeen() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 10);
            rig.start().awaitAgreement(10);
            rig.cluster.refuse("watch=true", 503, 0, 1_000_000);
            rig.cluster.dropWatches();
            rig.cluster.delete("services", "shop", "s1");
            rig.cluster.put(Rig.service(30, "ClusterIP"));
            rig.cluster.put(Rig.service(31, "ClusterIP"));
            rig.cluster.forget();
            rig.cluster.grant("watch=true");
            rig.awaitAgreement(11);
            assertThat(rig.centre.held()).doesNotContainKey(Rig.key(1)).containsKey(Rig.key(31));
        }
    }

    @Test
    void aPageThatExpiresAndAServerThatIsBusyAreWaitedOut() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 10);
            rig.cluster.refuse("services?limit=3&continue", 410, 0, 2);
            rig.cluster.refuse("deployments?limit", 429, 1, 2);
            rig.cluster.refuse("networkpolicies?limit", 500, 0, 1);
            rig.cluster.put(POLICY);
            rig.start().awaitAgreement(11);
            assertThat(rig.cluster.asked("/apis/apps/v1/deployments")).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void whatMayNotBeSeenIsNamedAndTheRestIsTold() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 5);
            rig.cluster.put(POLICY);
            rig.cluster.refuse("networkpolicies", 403, 0, 1_000_000);
            rig.start().awaitAgreement(5);
            rig.await("it is named", () -> !rig.centre.denied().isEmpty());
            ListDenied denied = rig.centre.denied().getFirst();
            assertThat(denied.getKind()).isEqualTo("NetworkPolicy");
            assertThat(denied.getPermission()).isEqualTo("list and watch networkpolicies.networking.k8s.io");
            assertThat(denied.getObjectsKept()).isFalse();
            rig.cluster.grant("networkpolicies");
            rig.awaitAgreement(6);
            rig.await("it is no longer named", () -> rig.centre.denied().isEmpty());
        }
    }

    @Test
    void aGroupThatDoesNotSayWhatItServesIsWaitedForAndThenNamed() throws Exception {
        try (Rig rig = new Rig(Map.of("plimsoll.sensor.failing-after", "PT2S"))) {
            fill(rig, 5);
            rig.cluster.put(POLICY);
            rig.cluster.refuse("/apis/networking.k8s.io/", 503, 0, 1_000_000);
            rig.start();
            rig.await("the rest is told", () -> rig.view.figures().objects() == 5);
            assertThat(rig.kinds.isSettled())
                    .as("absence is not told before it is known")
                    .isFalse();
            rig.awaitAgreement(5);
            rig.await("it is named", () -> !rig.centre.denied().isEmpty());
            assertThat(rig.centre.denied().getFirst().getGroup()).isEqualTo("networking.k8s.io");
            assertThat(rig.centre.denied().getFirst().getKind()).isEqualTo("*");
            rig.cluster.grant("/apis/networking.k8s.io/");
            rig.awaitAgreement(6);
            rig.await("it is no longer named", () -> rig.centre.denied().isEmpty());
        }
    }

    @Test
    void aTokenAndAnAddressThatAreReplacedInTheFileAreReadAnew() throws Exception {
        try (Rig rig = new Rig();
                KubernetesApi moved = new KubernetesApi()
                        .requireToken("second")
                        .serve("", "v1", "Namespace", "namespaces")
                        .serve("", "v1", "Service", "services")) {
            fill(rig, 3);
            rig.start().awaitAgreement(3);
            rig.cluster.requireToken("first");
            rig.cluster.dropWatches();
            rig.rewriteKubeconfig(rig.cluster.kubeconfig());
            rig.cluster.put(Rig.service(50, "ClusterIP"));
            rig.awaitAgreement(4);
            // The same cluster at another address, with what happened there meanwhile.
            for (int number : new int[] {0, 1, 2, 50, 3, 4, 5}) {
                moved.put(Rig.service(number, "ClusterIP"));
            }
            rig.rewriteKubeconfig(moved.kubeconfig());
            rig.cluster.close();
            rig.awaitAgreement(7);
            assertThat(moved.methods()).containsOnly("GET");
        }
    }

    @Test
    void kindsComeAndGo() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 5);
            rig.start().awaitAgreement(5);
            rig.cluster.serve("cilium.io", "v2", "CiliumNetworkPolicy", "ciliumnetworkpolicies");
            rig.cluster.put("{\"apiVersion\":\"cilium.io/v2\",\"kind\":\"CiliumNetworkPolicy\","
                    + "\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\"},\"spec\":{}}");
            rig.awaitAgreement(6);
            rig.cluster.unserve("ciliumnetworkpolicies");
            rig.awaitAgreement(5);
        }
    }

    @Test
    void anObjectOfTooManyBytesAndOneWithAnImpossibleNameHarmNoOther() throws Exception {
        try (Rig rig = new Rig()) {
            fill(rig, 3);
            rig.cluster.put(
                    "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"huge\",\"namespace\":\"shop\","
                            + "\"labels\":{\"a\":\"b\"}},\"spec\":{\"x\":[\""
                            + ("y".repeat(1 << 20) + "\",\"").repeat(4)
                            + "\"]}}");
            rig.cluster.put("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"a\\u0001b\","
                    + "\"namespace\":\"shop\"}}");
            rig.start().awaitAgreement(4);
            assertThat(rig.centre.text(new ObjectKey("", "Service", "shop", "huge")))
                    .contains("plimsoll.io/identity-only");
            rig.await("it is named", () -> rig.centre.denied().size() == 1);
            assertThat(rig.centre.denied().getFirst().getReason()).contains("names cannot be kept");
        }
    }

    @Test
    void statesForWhichThereIsNoRoomAreReadAgain() throws Exception {
        try (Rig rig = new Rig(Map.of("plimsoll.sensor.waiting-bytes-max", "400"))) {
            fill(rig, 60);
            rig.start().awaitAgreement(60);
            rig.centre.stop();
            for (int i = 0; i < 60; i++) {
                rig.cluster.put(Rig.service(i, "Changed"));
            }
            rig.cluster.put(POLICY);
            rig.await(
                    "all is seen",
                    () -> rig.view.figures().objects() == 61
                            && rig.view.figures().waiting() == 61);
            assertThat(rig.view.figures().waitingBytes()).isLessThanOrEqualTo(400);
            rig.centre.comeBack();
            rig.awaitAgreement(61);
            assertThat(rig.centre.held().values())
                    .filteredOn(json -> json.toStringUtf8().contains("Changed"))
                    .hasSize(60);
        }
    }

    @Test
    void duplicatesAndReorderedEventsChangeNothing() throws Exception {
        try (Rig rig = new Rig()) {
            rig.start().awaitAgreement(0);
            List<String> order =
                    List.of("MODIFIED 5005", "ADDED 5003", "MODIFIED 5005", "DELETED 5009", "MODIFIED 5007");
            for (int object = 0; object < 20; object++) {
                for (String each : order) {
                    String type = each.substring(0, each.indexOf(' '));
                    String version = each.substring(each.indexOf(' ') + 1);
                    rig.cluster.event(
                            "services",
                            type,
                            Rig.service(object, version)
                                    .replace("\"namespace\"", "\"resourceVersion\":\"" + version + "\",\"namespace\""));
                }
            }
            rig.cluster.event(
                    "services",
                    "ADDED",
                    Rig.service(99, "x").replace("\"namespace\"", "\"resourceVersion\":\"6000\",\"namespace\""));
            rig.await("the last one is seen", () -> rig.view.figures().objects() == 1);
            rig.awaitAgreement(1);
            assertThat(rig.view.figures().stale()).isEqualTo(40);
            assertThat(rig.centre.held()).containsOnlyKeys(Rig.key(99));
        }
    }
}
