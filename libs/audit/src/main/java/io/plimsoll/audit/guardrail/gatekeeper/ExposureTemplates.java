package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Templates about ways in: Services and Ingresses. */
final class ExposureTemplates {

    private static final String[] INGRESS_GROUPS = {"networking.k8s.io", "extensions"};
    private static final String ALLOW_HTTP = "kubernetes.io/ingress.allow-http";
    private static final Verdict NOT_SHOWN =
            new Verdict.Unknown("the engine is shown no other objects to compare with (no sync is configured)");

    static final List<Template> ALL = List.of(
            Template.of("K8sBlockLoadBalancer", Intent.LOAD_BALANCER, Set.of(), call -> type(call, "LoadBalancer")),
            Template.of("K8sBlockNodePort", Intent.NODE_PORT, Set.of(), call -> type(call, "NodePort")),
            Template.of("K8sExternalIPs", Intent.EXTERNAL_IPS, Set.of("allowedIPs"), ExposureTemplates::externalIps),
            Template.of("K8sBlockWildcardIngress", Intent.INGRESS_HOST, Set.of(), ExposureTemplates::wildcardIngress),
            Template.of("K8sHttpsOnly", Intent.INGRESS_TLS, Set.of("tlsOptional"), ExposureTemplates::httpsOnly),
            Template.of("K8sUniqueIngressHost", Intent.INGRESS_HOST, Set.of(), ExposureTemplates::uniqueHost),
            Template.of(
                    "K8sUniqueServiceSelector", Intent.SERVICE_SELECTOR, Set.of(), ExposureTemplates::uniqueSelector));

    private ExposureTemplates() {}

    private static Verdict type(Call call, String type) {
        return service(call)
                ? Verdict.refusedIf(call.review().spec().text("type").equals(type), "it is of type " + type)
                : Verdict.NOT_ASKED;
    }

    private static Verdict externalIps(Call call) {
        if (!service(call)) {
            return Verdict.NOT_ASKED;
        }
        Set<String> forbidden =
                new HashSet<>(call.review().spec().at("externalIPs").texts());
        forbidden.removeAll(call.texts("allowedIPs"));
        return Verdict.refusedIf(!forbidden.isEmpty(), "it has external addresses");
    }

    private static Verdict wildcardIngress(Call call) {
        if (!ingress(call)) {
            return Verdict.NOT_ASKED;
        }
        boolean wildcard = call.review().spec().items("rules").stream()
                .map(rule -> rule.text("host"))
                .anyMatch(host -> host.isEmpty() || host.contains("*"));
        return Verdict.refusedIf(wildcard, "it takes every host");
    }

    private static Verdict httpsOnly(Call call) {
        if (!ingress(call)) {
            return Verdict.NOT_ASKED;
        }
        boolean plainRefused = "false".equals(call.review().annotations().get(ALLOW_HTTP));
        boolean tls = call.parameters().isTrue("tlsOptional")
                || !call.review().spec().items("tls").isEmpty();
        return Verdict.refusedIf(!plainRefused || !tls, "it has no TLS, or does not say " + ALLOW_HTTP + ": false");
    }

    private static Verdict uniqueHost(Call call) {
        if (!ingress(call)) {
            return Verdict.NOT_ASKED;
        }
        Review mine = call.review();
        if (List.of(INGRESS_GROUPS).stream()
                .noneMatch(group -> call.installation().shows(group, "Ingress"))) {
            return NOT_SHOWN;
        }
        Set<String> hosts = hosts(mine.spec());
        boolean taken = call.state().all("Ingress", INGRESS_GROUPS).stream()
                .filter(other -> !same(other, mine))
                .flatMap(other -> hosts(other.spec()).stream())
                .anyMatch(hosts::contains);
        return Verdict.refusedIf(taken, "another Ingress has one of its hosts");
    }

    private static Verdict uniqueSelector(Call call) {
        if (!service(call)) {
            return Verdict.NOT_ASKED;
        }
        if (!call.installation().shows("", "Service")) {
            return NOT_SHOWN;
        }
        Map<String, String> selector =
                new TreeMap<>(call.review().spec().at("selector").textMap());
        boolean taken = call.state().all("Service", "").stream()
                .filter(other -> !same(other, call.review()))
                .anyMatch(other -> new TreeMap<>(other.spec().at("selector").textMap()).equals(selector));
        return Verdict.refusedIf(taken, "another Service selects the same pods");
    }

    private static Set<String> hosts(Value spec) {
        Set<String> hosts = new HashSet<>();
        spec.items("rules").forEach(rule -> rule.at("host").text().ifPresent(hosts::add));
        return hosts;
    }

    private static boolean same(Resource other, Review review) {
        return other.namespace().equals(review.namespace()) && other.name().equals(review.name());
    }

    private static boolean service(Call call) {
        return call.review().is("Service", "");
    }

    private static boolean ingress(Call call) {
        return call.review().is("Ingress", INGRESS_GROUPS);
    }
}
