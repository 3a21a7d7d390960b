package io.plimsoll.audit.version;

import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads records of Kubernetes' vulnerabilities in the forms they are published in: OSV, the official JSON Feed, and the YAML of
 * StackRox' collection. The form is told from the fields.
 */
public final class FeedReader {

    /** Modules of the Go database and of OSV, and the component each is built into. */
    private static final Map<String, Set<String>> MODULES = Map.of(
            "k8s.io/apiserver", Set.of("kube-apiserver"),
            "k8s.io/kubelet", Set.of("kubelet"),
            "k8s.io/kube-proxy", Set.of("kube-proxy"),
            "k8s.io/kube-scheduler", Set.of("kube-scheduler"),
            "k8s.io/kube-controller-manager", Set.of("kube-controller-manager"),
            "k8s.io/kube-aggregator", Set.of("kube-aggregator"),
            "k8s.io/kubectl", Set.of("kubectl"),
            "k8s.io/client-go", Set.of("client-go"));

    private static final List<String> COMPONENTS =
            List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet", "kubectl");

    private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,7}");
    private static final Pattern SPAN =
            Pattern.compile("v?(\\d+\\.\\d+\\.\\d+)\\s*(?:-|–|to|through)\\s*v?(\\d+\\.\\d+\\.\\d+)");
    private static final Pattern BOUND = Pattern.compile("(<=|<|≤)\\s*v?(\\d+\\.\\d+(?:\\.\\d+)?)");

    private FeedReader() {}

    /** The records of one document: none for a document that is no record of Kubernetes. */
    public static List<Vulnerability> read(Value document) {
        if (document.at("items").present() && document.at("_kubernetes_io").present()
                || document.items("items").stream()
                        .anyMatch(each -> each.at("_kubernetes_io").present())) {
            return document.items("items").stream().map(FeedReader::ofFeed).toList();
        }
        if (!document.text("cve").isEmpty()) {
            return List.of(ofCollection(document));
        }
        if (!document.text("id").isEmpty() && document.at("affected") instanceof Value.Arr) {
            return ofOsv(document).map(List::of).orElse(List.of());
        }
        return List.of();
    }

    private static Vulnerability ofCollection(Value record) {
        List<VersionRange> ranges = new ArrayList<>();
        for (Value each : record.items("affected")) {
            ranges.add(VersionRange.of(each.text("range")));
        }
        Value scores = record.at("cvss");
        Value score = scores.at("kubernetes", "scoreV3").present()
                ? scores.at("kubernetes", "scoreV3")
                : scores.at("nvd", "scoreV3");
        return new Vulnerability(
                record.text("cve"), new HashSet<>(record.at("components").texts()), ranges, number(score));
    }

    /** Empty for a record about none of the components, or about {@code k8s.io/kubernetes} as a whole. */
    private static Optional<Vulnerability> ofOsv(Value record) {
        String id = record.at("aliases").texts().stream()
                .filter(alias -> CVE.matcher(alias).matches())
                .findFirst()
                .orElse(record.text("id"));
        Set<String> components = new HashSet<>();
        List<VersionRange> ranges = new ArrayList<>();
        boolean aboutKubernetes = false;
        for (Value affected : record.items("affected")) {
            String module = affected.at("package").text("name");
            aboutKubernetes |= module.startsWith("k8s.io/");
            Set<String> named = MODULES.getOrDefault(module, Set.of());
            if (named.isEmpty()) {
                continue;
            }
            components.addAll(named);
            for (Value range : affected.items("ranges")) {
                ranges.addAll(events(range.items("events")));
            }
        }
        return aboutKubernetes
                ? Optional.of(new Vulnerability(id, components, ranges, Optional.empty()))
                : Optional.empty();
    }

    private static List<VersionRange> events(List<Value> events) {
        List<VersionRange> ranges = new ArrayList<>();
        String introduced = "";
        for (Value event : events) {
            if (event.at("introduced").present()) {
                introduced = event.text("introduced");
            }
            String end = event.at("fixed").present() ? "< " + release(event.text("fixed")) : "";
            end = event.at("last_affected").present() ? "<= " + release(event.text("last_affected")) : end;
            if (!end.isEmpty()) {
                ranges.add(VersionRange.of(from(introduced) + end));
                introduced = "";
            }
        }
        if (!introduced.isEmpty()) {
            ranges.add(VersionRange.of(">= " + (introduced.equals("0") ? "0.0.0" : release(introduced))));
        }
        return ranges;
    }

    private static String from(String introduced) {
        return introduced.isEmpty() || introduced.equals("0") ? "" : ">= " + release(introduced) + ", ";
    }

    /** Staging modules are numbered 0.x where the release is 1.x. */
    private static String release(String module) {
        return module.startsWith("0.") ? "1." + module.substring(2) : module;
    }

    /** The official feed says versions in prose: what of it can be read surely, else nothing. */
    private static Vulnerability ofFeed(Value item) {
        String text = item.text("content_text");
        String affected = section(text, "affected versions");
        Set<String> components = new HashSet<>();
        List<VersionRange> ranges = new ArrayList<>();
        for (String component : COMPONENTS) {
            if (affected.contains(component)
                    || section(text, "affected components").contains(component)) {
                components.add(component);
            }
        }
        for (String line : affected.split("\n")) {
            Matcher span = SPAN.matcher(line);
            Matcher bound = BOUND.matcher(line);
            if (span.find()) {
                ranges.add(VersionRange.of(">= " + span.group(1) + ", <= " + span.group(2)));
            } else if (bound.find()) {
                ranges.add(VersionRange.of((bound.group(1).equals("<") ? "< " : "<= ") + bound.group(2)));
            }
        }
        return new Vulnerability(item.text("id"), components, ranges, Optional.empty());
    }

    /** From the line that holds a heading to the next heading. */
    private static String section(String text, String heading) {
        StringBuilder section = new StringBuilder();
        boolean inside = false;
        for (String line : text.split("\n")) {
            String plain = line.toLowerCase(java.util.Locale.ROOT).strip();
            boolean isHeading = plain.startsWith("#") || plain.startsWith("**") && plain.endsWith("**");
            if (isHeading) {
                inside = plain.contains(heading);
            } else if (inside) {
                section.append(line).append('\n');
            }
        }
        return section.toString();
    }

    private static Optional<BigDecimal> number(Value value) {
        return value instanceof Value.Num num ? Optional.of(num.raw()) : Optional.empty();
    }
}
