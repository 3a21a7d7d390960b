package io.plimsoll.audit.control.network;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ways in by HTTP. */
public final class Ingresses {

    private Ingresses() {}

    /** Every host of an Ingress is covered by its TLS section; a Gateway has a listener with TLS. */
    public static Judge.OfObjects tls() {
        return (object, asked) -> object.kind().equals("Gateway") ? gateway(object) : ingress(object);
    }

    private static Answer ingress(Resource ingress) {
        Field spec = Field.of(ingress).at("spec");
        List<Field> sections = spec.at("tls").items();
        if (sections.isEmpty()) {
            return Answer.wrong(spec.at("tls"), "what it serves travels in clear text; add tls with a certificate");
        }
        List<String> covered = new ArrayList<>();
        for (Field section : sections) {
            List<String> hosts = section.value().at("hosts").texts();
            if (hosts.isEmpty()) {
                return Answer.GOOD;
            }
            covered.addAll(hosts);
        }
        for (Field rule : spec.at("rules").items()) {
            String host = rule.value().text("host");
            if (!host.isEmpty() && covered.stream().noneMatch(each -> covers(each, host))) {
                return Answer.wrong(
                        rule.at("host"),
                        "host " + host + " is in no tls section, so it is served in clear text; add it to one");
            }
        }
        return Answer.GOOD;
    }

    private static boolean covers(String covered, String host) {
        if (covered.equals(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        return covered.startsWith("*.") && dot > 0 && covered.substring(1).equals(host.substring(dot));
    }

    private static Answer gateway(Resource gateway) {
        Field listeners = Field.of(gateway).at("spec", "listeners");
        List<Field> items = listeners.items();
        boolean web =
                items.stream().anyMatch(each -> each.value().text("protocol").startsWith("HTTP"));
        boolean encrypted = items.stream()
                .anyMatch(each -> List.of("HTTPS", "TLS").contains(each.value().text("protocol")));
        return web && !encrypted
                ? Answer.wrong(
                        listeners,
                        "no listener declares TLS, so what it serves travels in clear text; add one of HTTPS")
                : Answer.GOOD;
    }

    public static Judge.OfObjects openHost() {
        return (ingress, asked) -> {
            for (Field rule : Field.of(ingress).at("spec", "rules").items()) {
                Field host = rule.at("host");
                String name = host.text().orElse("");
                if (name.isEmpty() || name.startsWith("*")) {
                    return Answer.wrong(
                            host,
                            "the rule takes requests for " + (name.isEmpty() ? "every host" : name)
                                    + "; name the host");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects riskyAnnotation() {
        return (object, asked) -> {
            if (object.kind().equals("ConfigMap")) {
                return snippetsAllowed(object);
            }
            for (Map.Entry<String, Value> each :
                    object.body().at("metadata", "annotations").fields().entrySet()) {
                int slash = each.getKey().indexOf('/');
                String name = slash < 0 ? each.getKey() : each.getKey().substring(slash + 1);
                if (slash > 0 && asked.parameters().texts("annotations").contains(name)) {
                    return Answer.wrong(
                            Field.of(object).at("metadata", "annotations").entry(each.getKey()),
                            "the annotation " + name
                                    + " lets whoever writes the object run their own configuration in the"
                                    + " controller (CVE-2021-25742); remove it");
                }
            }
            String controller = object.spec().text("controller");
            return controller.equals("k8s.io/ingress-nginx")
                    ? Answer.wrong(
                            Field.of(object).at("spec", "controller"),
                            "ingress-nginx is retired and has known vulnerabilities (CVE-2025-1974); move to a maintained controller")
                    : Answer.GOOD;
        };
    }

    /** The setting of the controller that lets annotations hold configuration. */
    private static Answer snippetsAllowed(Resource map) {
        Field setting = Field.of(map).at("data", "allow-snippet-annotations");
        return setting.shown().equals("true")
                ? Answer.wrong(
                        setting,
                        "the controller takes configuration from annotations of whoever writes an ingress"
                                + " (CVE-2021-25742); set it to \"false\"")
                : Answer.GOOD;
    }

    public static Judge.OfPods retiredController() {
        return (pod, asked) -> {
            for (ContainerFields container : pod.containers()) {
                ImageReference image = ImageReference.of(container.at("image").shown());
                if (asked.parameters().texts("controllers").stream()
                        .anyMatch(each -> image.repository().endsWith(each))) {
                    return Answer.wrong(
                            container.container().name(),
                            container.at("image"),
                            container.title()
                                    + " is an ingress controller that is retired and has known vulnerabilities"
                                    + " (CVE-2025-1974); move to a maintained one");
                }
            }
            return Answer.GOOD;
        };
    }
}
