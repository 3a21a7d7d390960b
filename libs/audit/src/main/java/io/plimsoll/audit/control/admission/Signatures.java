package io.plimsoll.audit.control.admission;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.ImagePolicy;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether anything refuses an image whose signature is not good: a rule that denies and takes in an image that runs. */
public final class Signatures {

    private static final String INCLUDE = "policy.sigstore.dev/include";

    /** A rule about signatures. @param lacks what keeps it from refusing anything; empty when it does refuse */
    private record Rule(Resource object, String lacks) {}

    /** An image that runs, and where. */
    private record Running(String namespace, ImageReference image) {}

    private final Cluster cluster;
    private final List<Running> running;

    private Signatures(Cluster cluster) {
        this.cluster = cluster;
        this.running = running(cluster);
    }

    public static Judge.OfClusters checked() {
        return asked -> new Signatures(asked.cluster()).answer();
    }

    private Answer answer() {
        List<Rule> rules = new ArrayList<>();
        sigstore(rules);
        kyverno(rules);
        others(rules);
        if (rules.stream().anyMatch(each -> each.lacks().isEmpty()) || ofApiServer()) {
            return Answer.GOOD;
        }
        Rule first = rules.isEmpty() ? null : rules.getFirst();
        return wrong(first);
    }

    private static Answer wrong(@Nullable Rule rule) {
        return rule == null
                ? new Answer.Wrong(
                        "",
                        "",
                        "",
                        "nothing among the objects given verifies the signatures of images before they run",
                        Reason.ABSENT_FROM_INPUT,
                        Source.NONE)
                : new Answer.Wrong(
                        "",
                        "",
                        "",
                        rule.object().kind() + " " + rule.object().name() + " " + rule.lacks()
                                + ", so no image is refused for its signature",
                        Reason.SEEN_AND_WRONG,
                        rule.object().source());
    }

    private static List<Running> running(Cluster cluster) {
        List<Running> running = new ArrayList<>();
        for (Workload workload : cluster.workloads()) {
            for (PodTemplate template : workload.templates()) {
                for (Container container : template.containers()) {
                    running.add(new Running(workload.namespace(), ImageReference.of(container.image())));
                }
            }
        }
        return running;
    }

    private void sigstore(List<Rule> rules) {
        for (ImagePolicy policy : ImagePolicy.all(cluster.state())) {
            Resource object = cluster.find("ClusterImagePolicy", "", policy.id().name());
            if (object == null) {
                continue;
            }
            List<Running> bound =
                    running.stream().filter(each -> policy.binds(each.image())).toList();
            String lacks = !policy.enforcing()
                    ? "only warns"
                    : bound.isEmpty()
                            ? "names no image that runs"
                            : bound.stream().noneMatch(each -> takesPart(each.namespace()))
                                    ? "binds namespaces labelled " + INCLUDE
                                            + " alone, and none of its images is in one"
                                    : "";
            rules.add(new Rule(object, lacks));
        }
    }

    /** A namespace that is not among the objects may be labelled. */
    private boolean takesPart(String namespace) {
        Resource declared = cluster.find("Namespace", "", namespace);
        return declared == null || "true".equals(declared.labels().get(INCLUDE));
    }

    private void kyverno(List<Rule> rules) {
        List<Resource> policies = new ArrayList<>(cluster.all("ClusterPolicy", "kyverno.io"));
        policies.addAll(cluster.all("Policy", "kyverno.io"));
        for (Resource policy : policies) {
            for (Value rule : policy.spec().items("rules")) {
                for (Value each : rule.items("verifyImages")) {
                    String action =
                            each.at("failureAction").text().orElse(policy.spec().text("validationFailureAction"));
                    rules.add(new Rule(
                            policy,
                            !action.toLowerCase(Locale.ROOT).equals("enforce")
                                    ? "only audits"
                                    : lacks(policy, each.at("imageReferences").texts())));
                }
            }
        }
        for (String kind : new String[] {"ImageValidatingPolicy", "NamespacedImageValidatingPolicy"}) {
            for (Resource policy : cluster.all(kind, "policies.kyverno.io")) {
                List<String> actions = policy.spec().at("validationActions").texts();
                List<String> globs = new ArrayList<>();
                for (Value reference : policy.spec().items("matchImageReferences")) {
                    // An expression may take in any image.
                    globs.add(reference.at("glob").text().orElse("*"));
                }
                // Without an action it denies.
                rules.add(new Rule(
                        policy,
                        actions.isEmpty() || actions.contains("Deny") ? lacks(policy, globs) : "does not deny"));
            }
        }
    }

    /** Kyverno's globs cross slashes and are held against the name with and without its registry. */
    private String lacks(Resource policy, List<String> globs) {
        boolean binds = running.stream()
                .filter(each ->
                        policy.namespace().isEmpty() || policy.namespace().equals(each.namespace()))
                .anyMatch(each -> globs.stream().anyMatch(glob -> takesIn(glob, each.image())));
        return binds ? "" : "names no image that runs";
    }

    private static boolean takesIn(String glob, ImageReference image) {
        Set<String> names = new TreeSet<>();
        for (String name : new String[] {image.written(), image.name()}) {
            names.add(name);
            names.add(name + ":" + (image.tag().isEmpty() ? "latest" : image.tag()));
            names.add(name + "@" + image.digest());
        }
        return names.stream().anyMatch(name -> Wildcard.matches(glob, name));
    }

    private void others(List<Rule> rules) {
        for (String group : new String[] {"portieris.cloud.ibm.com", "config.openshift.io"}) {
            cluster.all("ClusterImagePolicy", group).forEach(each -> rules.add(new Rule(each, "")));
            cluster.all("ImagePolicy", group).forEach(each -> rules.add(new Rule(each, "")));
        }
        for (Resource each : cluster.all("RatifyVerification", "constraints.gatekeeper.sh")) {
            String action = each.spec().at("enforcementAction").text().orElse("deny");
            rules.add(new Rule(each, action.equals("deny") ? "" : "does not deny"));
        }
        // Its rules are in a file of its own; the webhook alone shows that it is asked.
        for (Resource each : cluster.all("MutatingWebhookConfiguration", "admissionregistration.k8s.io")) {
            if (each.name().contains("connaisseur")) {
                boolean open = each.body().items("webhooks").stream()
                        .anyMatch(hook -> hook.text("failurePolicy").equals("Ignore"));
                rules.add(new Rule(each, open ? "fails open" : ""));
            }
        }
    }

    /** The API server's own plugin, seen in its static pod. */
    private boolean ofApiServer() {
        for (Workload workload : cluster.workloads("kube-system")) {
            for (PodTemplate template : workload.templates()) {
                for (Value container : template.spec().items("containers")) {
                    List<String> words = new ArrayList<>(container.at("command").texts());
                    words.addAll(container.at("args").texts());
                    if (words.stream()
                            .anyMatch(word -> word.startsWith("--enable-admission-plugins=")
                                    && word.contains("ImagePolicyWebhook"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
