package io.plimsoll.sensing.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.sensing.Objects;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StrippingTest {

    private static Sighting seen(String json, String group, String version, String kind) {
        return Stripping.of(Objects.json(json), group, version, kind, true).orElseThrow();
    }

    private static String text(Sighting sighting) {
        return new String(sighting.json(), StandardCharsets.UTF_8);
    }

    @Test
    void namesTheKindThatAListLeavesOutAndDropsWhatMovesByItself() {
        Sighting one = seen(
                "{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"},"
                        + "\"status\":{\"conditions\":[{\"type\":\"Ready\",\"lastHeartbeatTime\":\"a\"}]}}",
                "",
                "v1",
                "Node");
        Sighting later = seen(
                "{\"status\":{\"conditions\":[{\"lastHeartbeatTime\":\"b\",\"type\":\"Ready\"}]},"
                        + "\"metadata\":{\"resourceVersion\":\"8\",\"name\":\"n\"}}",
                "",
                "v1",
                "Node");
        assertThat(text(one))
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n\"},"
                        + "\"status\":{\"conditions\":[{\"type\":\"Ready\"}]}}");
        assertThat(later.hash()).isEqualTo(one.hash());
        assertThat(later.resourceVersion()).isEqualTo("8");
    }

    @Test
    void noSecretsDataAndNoLastAppliedLeave() {
        String text = text(seen(
                "{\"metadata\":{\"name\":\"s\",\"namespace\":\"d\",\"annotations\":{\"a\":\"b\","
                        + "\"kubectl.kubernetes.io/last-applied-configuration\":\"canary\"},"
                        + "\"managedFields\":[{\"manager\":\"canary\"}]},\"data\":{\"p\":\"canary\"},"
                        + "\"stringData\":{\"q\":\"canary\"},\"type\":\"Opaque\"}",
                "",
                "v1",
                "Secret"));
        assertThat(text).doesNotContain("canary").contains("Opaque").contains("\"a\":\"b\"");
    }

    @Test
    void whoChangedItLastIsTheNewestEntryThatIsNoSubresources() {
        Sighting seen = seen(
                "{\"metadata\":{\"name\":\"d\",\"namespace\":\"x\",\"generation\":3,\"managedFields\":["
                        + "{\"manager\":\"helm\",\"operation\":\"Apply\",\"time\":\"2026-01-01T00:00:00Z\"},"
                        + "{\"manager\":\"kubectl-edit\",\"operation\":\"Update\",\"time\":\"2026-02-01T00:00:00Z\"},"
                        + "{\"manager\":\"kube-controller-manager\",\"operation\":\"Update\",\"subresource\":\"status\","
                        + "\"time\":\"2026-03-01T00:00:00Z\"}]}}",
                "apps",
                "v1",
                "Deployment");
        assertThat(seen.change()).isEqualTo(new LastChange("kubectl-edit", "Update", "2026-02-01T00:00:00Z"));
        assertThat(seen.generation()).isEqualTo(3);
    }

    @Test
    void ofAnObjectOverTheBoundIdentityAndLabelsLeave() {
        Sighting large = seen(
                "{\"metadata\":{\"name\":\"r\",\"labels\":{\"a\":\"b\"}},\"spec\":{\"text\":\"" + "x".repeat(1_000_000)
                        + "\"}}",
                "example.com",
                "v1",
                "Report");
        assertThat(large.json().length).isLessThan(300);
        assertThat(text(large)).contains("\"a\":\"b\"", "plimsoll.io/identity-only");
    }

    @Test
    void aDefinitionOfAMegabyteKeepsItsNamesAndScope() {
        String text = text(seen(
                "{\"metadata\":{\"name\":\"things.example.com\"},\"spec\":{\"group\":\"example.com\",\"names\":{\"kind\":\"Thing\"},"
                        + "\"scope\":\"Cluster\",\"versions\":[{\"name\":\"v1\",\"schema\":{\"openAPIV3Schema\":{\"description\":\""
                        + "x".repeat(1_500_000) + "\"}}}]}}",
                "apiextensions.k8s.io",
                "v1",
                "CustomResourceDefinition"));
        assertThat(text.length()).isLessThan(400);
        assertThat(text).contains("\"scope\":\"Cluster\"", "\"name\":\"v1\"", "Thing");
    }

    @Test
    void versionsAreOrderedOnlyWhereBothAreNumbers() {
        assertThat(ResourceVersions.isBefore("9", "10")).isTrue();
        assertThat(ResourceVersions.isBefore("10", "9")).isFalse();
        assertThat(ResourceVersions.isBefore("10", "10")).isFalse();
        assertThat(ResourceVersions.isBefore("99999999999999999999", "100000000000000000000"))
                .isTrue();
        assertThat(ResourceVersions.isBefore("a9", "b10")).isFalse();
        assertThat(ResourceVersions.isBefore("", "10")).isFalse();
        assertThat(ResourceVersions.isBefore("9", "")).isFalse();
        assertThat(ResourceVersions.isBefore("09", "10")).isFalse();
    }

    @Test
    void keysAreOrderedAsTheirBytesAre() {
        ObjectKey beyond = new ObjectKey("", "K", "", "\uD83D\uDE00");
        ObjectKey below = new ObjectKey("", "K", "", "\uFF21");
        int bytes = java.util.Arrays.compareUnsigned(
                beyond.name().getBytes(StandardCharsets.UTF_8), below.name().getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(beyond.compareTo(below))).isEqualTo(Integer.signum(bytes));
        assertThat(beyond.isSound()).isTrue();
        assertThat(new ObjectKey("", "K", "", "a\uD83D").isSound()).isFalse();
        assertThat(new ObjectKey("", "K", "", "a\nb").isSound()).isFalse();
        assertThat(new ObjectKey("", "K", "", "\u202Eevil").isSound()).isTrue();
    }

    @Test
    void theDigestOfASetForgetsTheOrderAndWhatWasTakenAway() {
        byte[] a = Canonical.sha256(new byte[] {1});
        byte[] b = Canonical.sha256(new byte[] {2});
        SetDigest one = SetDigest.EMPTY.with(Objects.key(1), a).with(Objects.key(2), b);
        SetDigest other = SetDigest.EMPTY
                .with(Objects.key(2), b)
                .with(Objects.key(3), a)
                .with(Objects.key(1), a)
                .without(Objects.key(3), a);
        assertThat(other).isEqualTo(one).isNotEqualTo(SetDigest.EMPTY.with(Objects.key(1), b));
        assertThat(SetDigest.of(one.bytes())).isEqualTo(one);
    }
}
