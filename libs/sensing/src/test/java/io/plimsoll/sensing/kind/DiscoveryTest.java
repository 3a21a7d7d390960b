package io.plimsoll.sensing.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.sensing.Objects;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    @Test
    void groupsThatAreLookedAtComeWithThePreferredVersionFirst() {
        assertThat(Discovery.groups(Objects.json("{\"groups\":["
                        + "{\"name\":\"apps\",\"versions\":[{\"version\":\"v1\"}],\"preferredVersion\":{\"version\":\"v1\"}},"
                        + "{\"name\":\"events.k8s.io\",\"versions\":[{\"version\":\"v1\"}]},"
                        + "{\"name\":\"kustomize.toolkit.fluxcd.io\",\"versions\":[{\"version\":\"v1beta2\"},{\"version\":\"v1\"}],"
                        + "\"preferredVersion\":{\"version\":\"v1\"}}]}")))
                .containsExactly(
                        new Discovery.Group("apps", List.of("v1")),
                        new Discovery.Group("kustomize.toolkit.fluxcd.io", List.of("v1", "v1beta2")));
    }

    @Test
    void aKindIsTakenOnceAndOnlyWhereItCanBeListedAndWatched() {
        String list = "{\"resources\":["
                + "{\"name\":\"deployments\",\"kind\":\"Deployment\",\"verbs\":[\"get\",\"list\",\"watch\"]},"
                + "{\"name\":\"deployments/scale\",\"kind\":\"Scale\",\"verbs\":[\"get\",\"list\",\"watch\"]},"
                + "{\"name\":\"daemonsets\",\"kind\":\"DaemonSet\",\"verbs\":[\"get\"]},"
                + "{\"name\":\"controllerrevisions\",\"kind\":\"ControllerRevision\",\"verbs\":[\"list\",\"watch\"]}]}";
        List<ServedKind> kinds = new ArrayList<>(Discovery.kinds("apps", "v1", Objects.json(list)));
        kinds.addAll(Discovery.kinds("apps", "v1beta1", Objects.json(list)));
        assertThat(Discovery.once(kinds)).containsExactly(new ServedKind("apps", "v1", "Deployment", "deployments"));
    }

    @Test
    void secretsAndDataAreLookedAtByNobody() {
        assertThat(List.of("secrets", "configmaps", "events", "pods/exec"))
                .noneMatch(plural -> WantedKinds.wants("", plural));
        assertThat(new ServedKind("", "v1", "Pod", "pods").path("shop", "a"))
                .isEqualTo("/api/v1/namespaces/shop/pods/a");
        assertThat(new ServedKind("apps", "v1", "Deployment", "deployments").path())
                .isEqualTo("/apis/apps/v1/deployments");
    }
}
