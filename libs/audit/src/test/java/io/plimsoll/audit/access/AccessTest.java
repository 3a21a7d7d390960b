package io.plimsoll.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

    private static List<Resource> objects(String... documents) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        for (String document : documents) {
            try {
                builder.add(
                        new Document(
                                SingleDocument.read(
                                        "x.yaml", new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))),
                                new Source("x.yaml", 1, 1)),
                        "",
                        problem -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return builder.build().resources();
    }

    private static String role(String name, String rules, String labels) {
        return "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: " + name + ", labels: {"
                + labels + "}}, rules: [" + rules + "]}";
    }

    private static String binding(String role, String subject) {
        return "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b-" + role
                + "}, roleRef: {kind: ClusterRole, name: " + role + "}, subjects: [" + subject + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get | '' | secrets | READ_SECRETS",
                "'*' | '' | secrets | READ_SECRETS",
                "create | '' | '*/exec' | EXEC",
                "create | '' | pods/exec | EXEC",
                "impersonate | '' | serviceaccounts | ESCALATE",
                "bind | rbac.authorization.k8s.io | clusterroles | ESCALATE",
                "get | '' | nodes/proxy | NODES_PROXY",
                "approve | certificates.k8s.io | signers | APPROVE_CERTIFICATES",
                "create | '' | serviceaccounts/token | MINT_TOKENS",
                "create | apps | daemonsets | CREATE_WORKLOADS"
            })
    void readsTheWaysToMore(String verb, String group, String resource, Power power) {
        Resource role = objects(role(
                        "r",
                        "{apiGroups: ['" + group + "'], resources: ['" + resource + "'], verbs: ['" + verb + "']}",
                        ""))
                .getFirst();
        assertThat(Power.of(Access.rules(role))).contains(power).doesNotContain(Power.EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"create | '' | 'pods/*'", "get | apps | secrets", "get | '' | pods", "create | '' | secrets/status"
            })
    void doesNotReadMoreThanTheAuthorizerDoes(String verb, String group, String resource) {
        Resource role = objects(role(
                        "r",
                        "{apiGroups: ['" + group + "'], resources: ['" + resource + "'], verbs: ['" + verb + "']}",
                        ""))
                .getFirst();
        assertThat(Power.of(Access.rules(role))).isEmpty();
    }

    @Test
    void secretsByNameAreNotEverySecret() {
        Resource role = objects(
                        role("r", "{apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [tls]}", ""))
                .getFirst();
        assertThat(Power.of(Access.rules(role))).isEmpty();
    }

    @Test
    void followsAnAccountByNameGroupAndUser() {
        Access access = new Access(objects(
                role("secrets", "{apiGroups: [''], resources: [secrets], verbs: [list]}", ""),
                role("nodes", "{apiGroups: [''], resources: [nodes/proxy], verbs: ['*']}", ""),
                binding("secrets", "{kind: ServiceAccount, name: web, namespace: shop}"),
                binding("nodes", "{kind: Group, name: 'system:serviceaccounts:shop'}"),
                binding("cluster-admin", "{kind: User, name: 'system:serviceaccount:shop:web'}")));
        assertThat(access.of("shop", "web"))
                .extracting(Grant::role)
                .containsExactlyInAnyOrder("ClusterRole/secrets", "ClusterRole/nodes", "ClusterRole/cluster-admin");
        assertThat(access.of("other", "web")).isEmpty();
        assertThat(access.of("shop", "web")).allMatch(Grant::known);
    }

    @Test
    void gathersWhatAnAggregatedRoleGathers() {
        String gathering = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: all-in-one},"
                + " aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}, rules: []}";
        Access access = new Access(objects(
                gathering,
                role("part", "{apiGroups: [''], resources: [pods/exec], verbs: [create]}", "part: 'yes'"),
                binding("all-in-one", "{kind: ServiceAccount, name: web, namespace: shop}")));
        assertThat(access.of("shop", "web"))
                .singleElement()
                .satisfies(grant -> assertThat(grant.powers()).isEqualTo(Set.of(Power.EXEC)));
    }

    @Test
    void aRoleThatIsNotThereIsNotKnown() {
        Access access = new Access(objects(binding("gone", "{kind: ServiceAccount, name: web, namespace: shop}")));
        assertThat(access.of("shop", "web"))
                .singleElement()
                .satisfies(grant -> assertThat(grant.known()).isFalse());
    }
}
