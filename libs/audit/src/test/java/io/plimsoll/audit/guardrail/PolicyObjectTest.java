package io.plimsoll.audit.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyObjectTest {

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: own}
            spec: {failurePolicy: Fail, validations: [{expression: 'true'}]}
            """;

    @Test
    void theHashIsOfTheSpecificationAlone() {
        String reordered = """
                apiVersion: admissionregistration.k8s.io/v1beta1
                kind: ValidatingAdmissionPolicy
                metadata: {name: own, labels: {applied: by-hand}}
                status: {observedGeneration: 7}
                spec: {validations: [{expression: 'true'}], failurePolicy: Fail}
                """;
        assertThat(hash(reordered)).isEqualTo(hash(POLICY));
        assertThat(hash(POLICY.replace("Fail", "Ignore"))).isNotEqualTo(hash(POLICY));
    }

    @Test
    void onlyTheMeshPoliciesOfItsRootHoldForTheWholeCluster() {
        String mesh = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n"
                + "metadata: {name: default, namespace: %s}\nspec: {mtls: {mode: STRICT}}\n";
        assertThat(PolicyObject.all(Written.documents(mesh.formatted("istio-system"), mesh.formatted("shop"))
                        .state()))
                .singleElement()
                .satisfies(policy -> assertThat(policy.name()).isEqualTo("istio-system/default"));
    }

    private static String hash(String document) {
        return PolicyObject.all(Written.documents(document).state()).getFirst().specHash();
    }
}
