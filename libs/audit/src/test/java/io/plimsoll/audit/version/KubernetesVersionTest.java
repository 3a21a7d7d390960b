package io.plimsoll.audit.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesVersionTest {

    @ParameterizedTest
    @CsvSource({
        "v1.26.8+rke2r1, 1, 26, 8, '', rke2r1",
        "v1.28.5-eks-5e0fdde, 1, 28, 5, '', eks-5e0fdde",
        "1.29.1-gke.1589017, 1, 29, 1, '', gke.1589017",
        "v1.27.3-rc.1+k3s1, 1, 27, 3, rc.1, k3s1",
        "v1.32.11-rke2r1, 1, 32, 11, '', rke2r1",
        "1.30, 1, 30, 0, '', ''"
    })
    void readsVersionsOfVendors(String text, int major, int minor, int patch, String prerelease, String vendor) {
        assertThat(KubernetesVersion.of(text))
                .isEqualTo(new KubernetesVersion(major, minor, patch, prerelease, vendor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "v1", "1.x.3", "v1.28.3garbage", "1.99999999999.0"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(KubernetesVersion.parse(text)).isEmpty();
        assertThatThrownBy(() -> KubernetesVersion.of(text)).hasMessageContaining("not a Kubernetes version");
    }

    @Test
    void ordersPrereleasesBeforeTheirRelease() {
        assertThat(List.of("1.10.0-alpha.3", "1.10.0-beta.2", "1.10.0-beta.10", "1.10.0-rc.1", "1.10.0", "1.10.1"))
                .extracting(KubernetesVersion::of)
                .isSorted();
    }

    @Test
    void aBoundWithoutPatchTakesInPrereleases() {
        VersionRange range = VersionRange.of(">= 1.10, < 1.10.0-beta.3");
        assertThat(range.contains(KubernetesVersion.of("1.10.0-alpha.1"))).isTrue();
        assertThat(range.contains(KubernetesVersion.of("1.10.0-beta.3"))).isFalse();
        assertThat(range.contains(KubernetesVersion.of("1.10.0"))).isFalse();
        assertThat(range.contains(KubernetesVersion.of("1.9.9"))).isFalse();
    }

    @Test
    void refusesARangeItCannotRead() {
        assertThatThrownBy(() -> VersionRange.of(">= 1.10, around 1.12")).hasMessageContaining("around 1.12");
    }

    @Test
    void readsVersionsFromTheProseOfTheOfficialFeed() throws IOException {
        String feed = """
                {"_kubernetes_io": {"feed_refresh_job": "x"}, "items": [{"id": "CVE-2023-5528", "content_text":
                "### Am I vulnerable?\\n\\nYes.\\n\\n#### Affected Versions\\n\\n- kubelet >= v1.8.0 (including all later minor versions)\\n- kubelet v1.28.0 - v1.28.3\\n- kubelet <= v1.25.15\\n\\n#### Fixed Versions\\n\\n- v1.28.4\\n"}]}
                """;
        List<Vulnerability> records = FeedReader.read(
                SingleDocument.read("feed.json", new ByteArrayInputStream(feed.getBytes(StandardCharsets.UTF_8))));
        VulnerabilityFeed known = VulnerabilityFeed.of(records);
        assertThat(known.affecting("kubelet", KubernetesVersion.of("v1.28.2"))).hasSize(1);
        assertThat(known.affecting("kubelet", KubernetesVersion.of("v1.28.4"))).isEmpty();
        assertThat(known.affecting("kube-apiserver", KubernetesVersion.of("v1.28.2")))
                .isEmpty();
    }

    @Test
    void aRecordThatNamesNothingIsCountedNotGuessed() {
        VulnerabilityFeed feed = VersionKnowledge.builtin().vulnerabilities();
        assertThat(feed.unspecific())
                .hasSize(10)
                .allMatch(each -> each.components().isEmpty());
        assertThat(feed.size()).isEqualTo(62);
    }
}
