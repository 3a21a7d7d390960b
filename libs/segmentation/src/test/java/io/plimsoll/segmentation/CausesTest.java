package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.change.Causes;
import io.plimsoll.segmentation.change.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which change explains which difference. */
class CausesTest {

    private static final String ONLY_WEB = Town.policy(
            "db",
            "podSelector: {matchLabels: {app: db}}",
            "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]");
    private static final String BALANCED =
            Town.policy("web", "podSelector: {matchLabels: {app: web}}", "policyTypes: [Egress]");

    private static Reachability analyse(ClusterState state) {
        return Reachability.of(state, Workloads.of(state));
    }

    private static List<String> causes(Town before, Town after) {
        List<Causes.Explained> explained = Causes.of(
                before.state(),
                after.state(),
                before.reachability(),
                after.reachability(),
                before.reachability().differencesTo(after.reachability()),
                CausesTest::analyse);
        return explained.stream()
                .filter(each -> !each.difference().toString().contains("External"))
                .map(each -> each.difference().source() + " > "
                        + each.difference().destination() + ": "
                        + each.causes().stream()
                                .map(cause -> cause.change().object().name() + " "
                                        + cause.change().kind() + cause.change().fields() + " " + cause.proof())
                                .toList())
                .toList();
    }

    @Test
    void namesThePolicyThatIsAdded() {
        assertThat(causes(new Town(), new Town(ONLY_WEB)))
                .containsExactly("ops/watch[Pod] > shop/db[Pod]: [db ADDED[] ALONE]");
    }

    @Test
    void namesTheFieldOfThePolicyThatIsChanged() {
        Town after = new Town(ONLY_WEB.replace("app: web", "app: db"));
        assertThat(causes(new Town(ONLY_WEB), after))
                .containsExactly(
                        "shop/web[Pod] > shop/db[Pod]: [db CHANGED[spec.ingress[0].from[0].podSelector.matchLabels.app] ALONE]");
    }

    @Test
    void tellsChangesThatActTogetherFromThoseThatActAlone() {
        // Given: both ends were closed, and both are opened.
        Town before = new Town(Town.policy("db", "podSelector: {matchLabels: {app: db}}"), BALANCED);
        Town after = new Town(ONLY_WEB);
        // Then
        assertThat(causes(before, after))
                .contains(
                        "shop/web[Pod] > shop/db[Pod]: [db CHANGED[spec.ingress] TOGETHER, web REMOVED[] TOGETHER]",
                        "shop/web[Pod] > ops/watch[Pod]: [web REMOVED[] ALONE]");
    }

    @Test
    void namesTheWorkloadThatIsRelabelled() {
        // Given
        String relabelled = Town.pod("ops", "probe", "app: web");
        String labelled = Town.pod("ops", "probe", "app: probe");
        String policy = Town.policy(
                "db",
                "podSelector: {matchLabels: {app: db}}",
                "ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]");
        // Then
        assertThat(causes(new Town(policy, labelled), new Town(policy, relabelled)))
                .containsExactly("ops/probe[Pod] > shop/db[Pod]: [probe CHANGED[metadata.labels.app] ALONE]");
    }

    @Test
    void namesTheNamespaceThatIsRelabelled() {
        // Given
        String policy = Town.policy(
                "db",
                "podSelector: {matchLabels: {app: db}}",
                "ingress: [{from: [{namespaceSelector: {matchLabels: {team: c}}}]}]");
        String more = Town.pod("lab", "probe", "app: probe");
        Town before = new Town(policy, more, Town.namespace("lab", "team: d"));
        Town after = new Town(policy, more, Town.namespace("lab", "team: c"));
        // Then
        assertThat(causes(before, after))
                .containsExactly("lab/probe[Pod] > shop/db[Pod]: [lab CHANGED[metadata.labels.team] ALONE]");
    }

    @Test
    void sparesObjectsThatStandElsewhereAndSayTheSame() {
        Town before = new Town(ONLY_WEB, BALANCED);
        Town after = new Town(BALANCED, ONLY_WEB);
        assertThat(Change.between(before.state(), after.state())).isEmpty();
    }
}
