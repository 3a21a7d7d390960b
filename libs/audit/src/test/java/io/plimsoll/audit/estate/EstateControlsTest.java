package io.plimsoll.audit.estate;

import static io.plimsoll.audit.estate.Estate.deployment;
import static io.plimsoll.kernel.EvidenceState.FAIL;
import static io.plimsoll.kernel.EvidenceState.PASS;
import static io.plimsoll.kernel.EvidenceState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstateControlsTest {

    private static final String SHOP = deployment("shop", "web", "example/web:1");

    private static String namespace(String name, String labels) {
        return "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + ", labels: {" + labels + "}}";
    }

    private static String service(String type) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n" + "spec: {type: " + type
                + ", selector: {app: web}, ports: [{port: 80}]}";
    }

    private static String ingress(String more) {
        return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: door, namespace: shop}\n"
                + "spec: {defaultBackend: {service: {name: web, port: {number: 80}}}" + more + "}";
    }

    private static InventoriedWorkload web(Estate estate) {
        return estate.inventory().workloads().stream()
                .filter(workload -> workload.workload().name().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOwnerIsALabelOfTheNamespace() {
        assertThat(new Estate().cluster("c", SHOP, namespace("shop", "team: a")).state("namespace-owned", "shop"))
                .isEqualTo(PASS);
        assertThat(new Estate().cluster("c", SHOP).state("namespace-owned", "shop"))
                .isEqualTo(FAIL);
    }

    @Test
    void exposureIsShownByAnIngressAndRequestedByALoadBalancer() {
        assertThat(web(new Estate().cluster("c", SHOP, service("ClusterIP"))).exposure())
                .isEqualTo(Exposure.NONE);
        assertThat(web(new Estate().cluster("c", SHOP, service("LoadBalancer"))).exposure())
                .isEqualTo(Exposure.REQUESTED);
        assertThat(web(new Estate().cluster("c", SHOP, service("LoadBalancer"), namespace("shop", "env: prod")))
                        .exposure())
                .isEqualTo(Exposure.SHOWN);
        assertThat(web(new Estate().cluster("c", SHOP, service("ClusterIP"), ingress("")))
                        .exposure())
                .isEqualTo(Exposure.SHOWN);
    }

    @Test
    void aPlainEntryIsUnknownAndADeclaredOneHolds() {
        assertThat(new Estate()
                        .cluster("c", SHOP, service("ClusterIP"), ingress(""))
                        .state("entry-encrypted", "door"))
                .isEqualTo(UNKNOWN);
        assertThat(new Estate()
                        .cluster("c", SHOP, service("ClusterIP"), ingress(", tls: [{secretName: s}]"))
                        .state("entry-encrypted", "door"))
                .isEqualTo(PASS);
    }

    @Test
    void aCataloguedImageIsPlatformAndANamespacesNameProvesNothing() {
        Estate estate = new Estate()
                .cluster(
                        "c",
                        deployment("istio-system", "web", "example/web:1"),
                        deployment("default", "sensor", "falcosecurity/falco:0.40"));
        assertThat(web(estate).tier()).isEqualTo(Tier.APPLICATION);
        assertThat(estate.inventory().workloads())
                .anySatisfy(workload -> assertThat(workload.tier()).isEqualTo(Tier.PLATFORM));
    }

    @Test
    void aSensorWithoutRulesEarnsNothing() {
        String sensor = """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: falco, namespace: falco}
                spec:
                  template:
                    spec:
                      containers: [{name: falco, image: "falcosecurity/falco:0.40"}]
                      volumes: [{name: rules, configMap: {name: falco-rules}}]""";
        String empty = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: falco-rules, namespace: falco}";
        String rules = empty + "\ndata: {rules.yaml: '- rule: shell'}";
        assertThat(new Estate().cluster("c", SHOP).state("runtime-sensor", "c")).isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, sensor).state("runtime-sensor", "c"))
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, sensor, empty).state("runtime-sensor", "c"))
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, sensor, rules).state("runtime-sensor", "c"))
                .isEqualTo(PASS);
    }

    /** L27.5: what was good enough before one application is in production is not, after. */
    @ParameterizedTest
    @CsvSource({"lacework/datacollector:6, FAIL", "osquery/osquery:5, FAIL", "falcosecurity/falco:0.40, PASS"})
    void fromStage3OnASensorKnowsTheWorkloadsOfItsCluster(String image, EvidenceState expected) {
        String sensor = """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: sensor, namespace: security}
                spec:
                  template:
                    spec:
                      containers: [{name: sensor, image: "%s"}]
                      volumes: [{name: rules, configMap: {name: rules}}]""".formatted(image);
        String rules = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rules, namespace: security}\ndata: {a: b}";
        assertThat(new Estate().cluster("c", SHOP, sensor, rules).state("runtime-sensor", "c"))
                .isEqualTo(expected);
    }

    @Test
    void takingAwayTheWorseOfTwoSensorsNeverHelps() {
        String pattern = """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: %1$s, namespace: security}
                spec:
                  template:
                    spec:
                      containers: [{name: sensor, image: "%2$s"}]
                      volumes: [{name: rules, configMap: {name: rules}}]""";
        String rules = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rules, namespace: security}\ndata: {a: b}";
        String falco = pattern.formatted("a-falco", "falcosecurity/falco:0.40");
        String other = pattern.formatted("z-agent", "lacework/datacollector:6");
        assertThat(new Estate().cluster("c", SHOP, falco, other, rules).state("runtime-sensor", "c"))
                .isEqualTo(PASS);
        assertThat(new Estate().cluster("c", SHOP, other, rules).state("runtime-sensor", "c"))
                .isEqualTo(FAIL);
    }

    @Test
    void automationOwnsWhereItHealsItselfAndInTheClusterItNames() {
        String application = """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: web, namespace: argocd}
                spec: {destination: {name: %s, namespace: shop}, syncPolicy: {automated: {selfHeal: %s}}}""";
        assertThat(new Estate()
                        .cluster("hub", application.formatted("spoke", "true"))
                        .cluster("spoke", SHOP)
                        .state("namespace-automated", "shop"))
                .isEqualTo(PASS);
        assertThat(new Estate()
                        .cluster("hub", application.formatted("spoke", "false"))
                        .cluster("spoke", SHOP)
                        .state("namespace-automated", "shop"))
                .isEqualTo(FAIL);
        assertThat(new Estate()
                        .cluster("hub", application.formatted("elsewhere", "true"))
                        .cluster("spoke", SHOP)
                        .cluster("other", SHOP)
                        .state("namespace-automated", "shop"))
                .isEqualTo(FAIL);
    }

    private static String application(String namespace, String automated) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: web, namespace: argocd}
                spec: {destination: {namespace: %s}, syncPolicy: {automated: {%s}}}""".formatted(namespace, automated);
    }

    @Test
    void automationThatReachesWithoutHealingIsSeenAndNotAbsent() {
        Evidence idle = new Estate()
                .cluster("c", SHOP, application("shop", "prune: true"))
                .of("namespace-automated", "shop");
        assertThat(idle.reason()).isEqualTo(Reason.SEEN_AND_WRONG);
        assertThat(idle.path()).isEqualTo("spec.syncPolicy");
        assertThat(new Estate()
                        .cluster("c", SHOP)
                        .of("namespace-automated", "shop")
                        .reason())
                .isEqualTo(Reason.ABSENT_FROM_INPUT);
    }

    @Test
    void anApplicationDeclaredTwiceOwnsWhatBothKeep() {
        String healing = application("shop", "selfHeal: true");
        for (String beside : new String[] {
            application("shop", "prune: true"),
            application("shop", "selfHeal: true, enabled: false"),
            application("elsewhere", "selfHeal: true")
        }) {
            assertThat(new Estate().cluster("c", SHOP, healing, beside).state("namespace-automated", "shop"))
                    .as(beside)
                    .isEqualTo(FAIL);
        }
        assertThat(new Estate()
                        .cluster("c", SHOP, healing, application("shop", "selfHeal: true, prune: true"))
                        .state("namespace-automated", "shop"))
                .isEqualTo(PASS);
    }

    @Test
    void anEntryDeclaredTwiceIsAsPlainAsItsWeakerDeclaration() {
        String encrypted = ingress(", tls: [{secretName: s}]");
        for (String plain : new String[] {ingress(""), ingress(", ingressClassName: a"), ingress(", tls: []")}) {
            assertThat(new Estate()
                            .cluster("c", SHOP, service("ClusterIP"), encrypted, plain)
                            .state("entry-encrypted", "door"))
                    .isEqualTo(UNKNOWN);
        }
    }

    private static final String VIRTUAL_SERVICE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: door, namespace: shop}
            spec: {gateways: [edge], http: [{route: [{destination: {host: web}}]}]}""";
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: door, namespace: shop}
            spec: {parentRefs: [{name: edge, sectionName: %s}], rules: [{backendRefs: [{name: web}]}]}""";

    private static String gateway(String group, String spec) {
        return "apiVersion: " + group + "/v1\nkind: Gateway\nmetadata: {name: edge, namespace: shop}\nspec: {" + spec
                + "}";
    }

    /** Leaving out a plain gateway must not make its entries look encrypted. */
    @Test
    void anEntryByAGatewayThatIsNotThereIsUnknown() {
        String plain = gateway("networking.istio.io", "servers: [{port: {protocol: HTTP}}]");
        String encrypted = gateway("networking.istio.io", "servers: [{port: {protocol: HTTPS}}]");
        assertThat(virtualService(plain)).isEqualTo(UNKNOWN);
        assertThat(virtualService(encrypted)).isEqualTo(PASS);
        assertThat(virtualService()).isEqualTo(UNKNOWN);
        assertThat(virtualService(encrypted, plain)).isEqualTo(UNKNOWN);
    }

    @Test
    void aRouteToAListenerThatIsNotThereIsUnknown() {
        String gateway = gateway("gateway.networking.k8s.io", "listeners: [{name: tls, protocol: HTTPS}]");
        assertThat(entry(ROUTE.formatted("tls"), gateway)).isEqualTo(PASS);
        assertThat(entry(ROUTE.formatted("plain"), gateway)).isEqualTo(UNKNOWN);
    }

    private static EvidenceState virtualService(String... gateways) {
        return entry(VIRTUAL_SERVICE, gateways);
    }

    private static EvidenceState entry(String door, String... gateways) {
        return new Estate()
                .cluster("c", SHOP, service("ClusterIP"), door, String.join("\n---\n", gateways))
                .state("entry-encrypted", "door");
    }

    @Test
    void aPolicyMustBeTheSameInEveryCluster() {
        String policy =
                "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: [{name: %s}]}";
        assertThat(new Estate()
                        .cluster("a", SHOP, policy.formatted("x"))
                        .cluster("b", SHOP, policy.formatted("x"))
                        .state("policy-parity", "p"))
                .isEqualTo(PASS);
        assertThat(new Estate()
                        .cluster("a", SHOP, policy.formatted("x"))
                        .cluster("b", SHOP, policy.formatted("y"))
                        .state("policy-parity", "p"))
                .isEqualTo(FAIL);
        assertThat(new Estate()
                        .cluster("a", SHOP, policy.formatted("x"))
                        .cluster("b", SHOP)
                        .state("policy-parity", "p"))
                .isEqualTo(FAIL);
    }

    @Test
    void labelsEnforceOrAtLeastWriteDown() {
        String warn = namespace("shop", "pod-security.kubernetes.io/warn: baseline");
        String enforce = namespace("shop", "pod-security.kubernetes.io/enforce: baseline");
        assertThat(new Estate().cluster("c", SHOP).state("rules-codified", "shop"))
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, warn).state("rules-codified", "shop"))
                .isEqualTo(PASS);
        assertThat(new Estate().cluster("c", SHOP, warn).state("baseline-enforced", "shop"))
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, enforce).state("baseline-enforced", "shop"))
                .isEqualTo(PASS);
    }

    @Test
    void anIdenticalNamespaceDeclaredTwiceTakesTheWeakerLevel() {
        Estate estate = new Estate()
                .cluster(
                        "c",
                        SHOP,
                        namespace("shop", "team: a, pod-security.kubernetes.io/enforce: restricted"),
                        namespace("shop", "pod-security.kubernetes.io/enforce: privileged"));
        assertThat(estate.state("baseline-enforced", "shop")).isEqualTo(FAIL);
        assertThat(estate.state("namespace-owned", "shop")).isEqualTo(PASS);
    }

    @Test
    void anImagePolicyThatBindsNothingIsAFinding() {
        String policy = "apiVersion: policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy\nmetadata: {name: signed}\n"
                + "spec: {mode: enforce, images: [{glob: 'registry.example/**'}]}";
        assertThat(new Estate().cluster("c", SHOP, policy).state("image-policies-bind", "c"))
                .isEqualTo(FAIL);
    }

    private static final String ISTIOD = deployment("istio-system", "istiod", "docker.io/istio/pilot:1.24.0");

    private static String peerAuthentication(String namespace, String spec) {
        return "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: p-" + namespace
                + ", namespace: " + namespace + "}\nspec: {" + spec + "}";
    }

    @Test
    void aMeshHoldsOnlyWhatJoinedItAndOnlyWhereItIsStrict() {
        String injected = namespace("shop", "istio-injection: enabled");
        String strict = peerAuthentication("istio-system", "mtls: {mode: STRICT}");
        assertThat(new Estate().cluster("c", SHOP, injected, strict).state("mesh-strict", "web"))
                .as("labels without a mesh")
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, ISTIOD, injected).state("mesh-strict", "web"))
                .as("permissive by default")
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, ISTIOD, injected, strict).state("mesh-strict", "web"))
                .isEqualTo(PASS);
        assertThat(new Estate()
                        .cluster(
                                "c",
                                SHOP,
                                ISTIOD,
                                injected,
                                strict,
                                peerAuthentication(
                                        "shop", "selector: {matchLabels: {app: web}}, mtls: {mode: PERMISSIVE}"))
                        .state("mesh-strict", "web"))
                .as("a weaker override of the workload")
                .isEqualTo(FAIL);
        assertThat(new Estate().cluster("c", SHOP, ISTIOD, strict).state("mesh-covers", "c"))
                .isEqualTo(FAIL);
    }
}
