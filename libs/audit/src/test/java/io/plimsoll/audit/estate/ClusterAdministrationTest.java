package io.plimsoll.audit.estate;

import static io.plimsoll.audit.estate.Estate.binding;
import static io.plimsoll.audit.estate.Estate.deployment;
import static io.plimsoll.kernel.EvidenceState.FAIL;
import static io.plimsoll.kernel.EvidenceState.PASS;
import static io.plimsoll.kernel.EvidenceState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterAdministrationTest {

    private static final String CONTROL = "binding-not-overbroad";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x                         | view          | {kind: User, name: system:anonymous}           | FAIL",
                "x                         | view          | {kind: Group, name: system:unauthenticated}    | FAIL",
                "system:public-info-viewer | view          | {kind: Group, name: system:unauthenticated}    | FAIL",
                "x | system:public-info-viewer             | {kind: Group, name: system:unauthenticated}    | PASS",
                "x                         | cluster-admin | {kind: Group, name: system:masters}            | PASS",
                "x                         | cluster-admin | {kind: Group, name: system:authenticated}      | FAIL",
                "x                         | cluster-admin | {kind: Group, name: 'system:serviceaccounts:a'} | FAIL",
                "x                         | cluster-admin | {kind: Group, name: platform-team}             | UNKNOWN",
                "x                         | cluster-admin | {kind: User, name: ann}                        | PASS",
                "cluster-admin             | cluster-admin | {kind: ServiceAccount, name: a, namespace: b}  | FAIL",
                "x                         | view          | {kind: ServiceAccount, name: a, namespace: b}  | PASS"
            })
    void judgesByRoleAndSubjectNeverByTheBindingsName(
            String name, String role, String subject, EvidenceState expected) {
        Estate estate = new Estate().cluster("c", binding(name, role, subject));
        assertThat(estate.state(CONTROL, name)).isEqualTo(expected);
    }

    @Test
    void fourNamedPeopleAreTooMany() {
        String people = "{kind: User, name: a}, {kind: User, name: b}, {kind: User, name: c}";
        assertThat(new Estate()
                        .cluster("c", binding("x", "cluster-admin", people))
                        .state(CONTROL, "x"))
                .isEqualTo(PASS);
        assertThat(new Estate()
                        .cluster("c", binding("x", "cluster-admin", people + ", {kind: User, name: d}"))
                        .state(CONTROL, "x"))
                .isEqualTo(FAIL);
    }

    @Test
    void aComponentsAccountMayUnlessAnApplicationBorrowsIt() {
        String binding = binding("x", "cluster-admin", "{kind: ServiceAccount, name: velero, namespace: velero}");
        assertThat(new Estate().cluster("c", binding).state(CONTROL, "x")).isEqualTo(PASS);
        assertThat(new Estate()
                        .cluster("c", binding, deployment("velero", "velero", "example/own:1"))
                        .state(CONTROL, "x"))
                .isEqualTo(FAIL);
    }

    @Test
    void bindingsWithinNamespacesDoNotSayWhoAdministersTheCluster() {
        String within = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: editors, namespace: shop}
                roleRef: {kind: ClusterRole, name: edit}
                subjects: [{kind: %s}]""";
        String team = within.formatted("Group, name: shop");
        Evidence alone = new Estate().cluster("c", team).of(CONTROL, "editors");
        assertThat(alone.state()).isEqualTo(UNKNOWN);
        assertThat(alone.reason()).isEqualTo(Reason.NO_OBJECT_OF_KIND);
        assertThat(new Estate()
                        .cluster("c", team, binding("x", "view", "{kind: User, name: ann}"))
                        .state(CONTROL, "editors"))
                .isEqualTo(PASS);
        assertThat(new Estate()
                        .cluster("c", within.formatted("User, name: 'system:anonymous'"))
                        .state(CONTROL, "editors"))
                .isEqualTo(FAIL);
    }

    @Test
    void unknownIsNotHiddenByWhatPasses() {
        String subjects = "{kind: Group, name: ops}, {kind: User, name: ann}";
        assertThat(new Estate()
                        .cluster("c", binding("x", "cluster-admin", subjects))
                        .state(CONTROL, "x"))
                .isEqualTo(UNKNOWN);
    }
}
