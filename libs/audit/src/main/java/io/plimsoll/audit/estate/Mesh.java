package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOnRole;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether workloads speak with a proven identity on the wire (S5.east-west): in the mesh, and the mesh strict. A mesh is optional
 * (L31.3, "may"); one that is installed and covers nothing earns nothing and is a finding.
 *
 * <p>Istio: sidecar injection by label of pod or namespace, or ambient mode; PeerAuthentication of the workload before that of its
 * namespace before that of the root namespace, UNSET inherits, PERMISSIVE when nobody says. Linkerd: injection by annotation, strict where
 * the default inbound policy asks for authentication.
 */
final class Mesh {

    private static final String ISTIO_ROOT = "istio-system";
    private static final Set<String> LINKERD_STRICT = Set.of("all-authenticated", "cluster-authenticated", "deny");

    private final Inventory inventory;
    private final List<Resource> peerAuthentications;
    private final List<Resource> namespaces;
    /** Those by name. */
    private final Map<String, Resource> declared = new HashMap<>();

    private Mesh(Inventory inventory) {
        this.inventory = inventory;
        this.peerAuthentications = inventory.state().all("PeerAuthentication", "security.istio.io");
        this.namespaces = inventory.state().all("Namespace", "");
        namespaces.forEach(each -> declared.put(each.name(), each));
    }

    static List<Evidence> evidence(Inventory inventory, Memory memory) {
        Mesh mesh = new Mesh(inventory);
        // What the policies of a mesh and the namespaces say, as one thing that changes when any of them does.
        Object policies = memory.of("mesh-policies", "", Object::new, mesh.peerAuthentications.toArray());
        Object namespaces = memory.of("mesh-namespaces", "", Object::new, mesh.namespaces.toArray());
        return memory.of(
                "all-mesh",
                "",
                () -> mesh.all(policies, memory),
                inventory.workloads(),
                policies,
                namespaces,
                inventory.namespaces());
    }

    private List<Evidence> all(Object policies, Memory memory) {
        boolean installed = inventory.workloads().stream()
                .anyMatch(workload -> workload.workload().longRunning()
                        && workload.addOns().stream().anyMatch(addOn -> addOn.role() == AddOnRole.MESH));
        List<Evidence> evidence = new ArrayList<>();
        int joined = 0;
        int asked = 0;
        for (InventoriedWorkload workload : inventory.workloads()) {
            String namespace = workload.workload().namespace();
            Judged judged = memory.of(
                    "mesh",
                    workload.subject().id(),
                    () -> judge(workload, installed),
                    workload,
                    installed,
                    policies,
                    inventory.namespaces().get(namespace),
                    declared.get(namespace));
            evidence.add(judged.evidence());
            if (workload.tier() == Tier.APPLICATION) {
                asked++;
                joined += judged.member() ? 1 : 0;
            }
        }
        if (installed && asked > 0) {
            evidence.add(covers(joined, asked));
        }
        return evidence;
    }

    private Evidence covers(int joined, int asked) {
        String control = EstateControls.MESH_COVERS.id();
        SubjectId cluster = SubjectId.ofCluster(inventory.cluster());
        String message = joined + " of " + asked + " application workloads of cluster " + inventory.cluster()
                + " are in the mesh that is installed";
        return joined > 0
                ? Evidence.pass(control, cluster, message, io.plimsoll.kernel.Source.NONE)
                : Evidence.fail(
                        control, cluster, Reason.SEEN_AND_WRONG, "", "", message, io.plimsoll.kernel.Source.NONE);
    }

    private record Judged(boolean member, Evidence evidence) {}

    private Judged judge(InventoriedWorkload workload, boolean installed) {
        boolean member = installed && joined(workload);
        return new Judged(member, judge(workload, installed, member));
    }

    private Evidence judge(InventoriedWorkload workload, boolean installed, boolean member) {
        SubjectId id = workload.subject().id();
        PodTemplate template = workload.workload().template();
        if (!member) {
            return Evidence.fail(
                    EstateControls.MESH_STRICT.id(),
                    id,
                    Reason.ABSENT_FROM_INPUT,
                    "",
                    "",
                    installed ? "not in the mesh" : "no service mesh among the files given",
                    template.resource().source());
        }
        return strict(workload)
                ? Evidence.pass(
                        EstateControls.MESH_STRICT.id(),
                        id,
                        "in the mesh, which asks for identity",
                        template.resource().source())
                : Evidence.fail(
                        EstateControls.MESH_STRICT.id(),
                        id,
                        Reason.SEEN_AND_WRONG,
                        "",
                        "",
                        "in the mesh, which also lets plain connections in",
                        template.resource().source());
    }

    /** Every variant declared of it joins. */
    private boolean joined(InventoriedWorkload workload) {
        return workload.workload().templates().stream()
                .allMatch(template -> !template.hostNetwork() && (istio(template) || linkerd(template)));
    }

    private boolean istio(PodTemplate template) {
        Map<String, String> labels = template.labels();
        String own = labels.getOrDefault(
                "sidecar.istio.io/inject", template.annotations().getOrDefault("sidecar.istio.io/inject", ""));
        if (own.equals("false")) {
            return ambient(template);
        }
        Map<String, String> namespace = namespaceLabels(template);
        boolean named = own.equals("true")
                || namespace.getOrDefault("istio-injection", "").equals("enabled")
                || !namespace.getOrDefault("istio-injection", "").equals("disabled")
                        && (namespace.containsKey("istio.io/rev") || labels.containsKey("istio.io/rev"));
        return named || hasContainer(template, "istio-proxy") || ambient(template);
    }

    private boolean ambient(PodTemplate template) {
        String key = "istio.io/dataplane-mode";
        return template.labels()
                .getOrDefault(key, namespaceLabels(template).getOrDefault(key, ""))
                .equals("ambient");
    }

    private boolean linkerd(PodTemplate template) {
        String mode = linkerdSetting(template, "linkerd.io/inject").orElse("");
        return mode.equals("enabled") || mode.equals("ingress") || hasContainer(template, "linkerd-proxy");
    }

    private boolean strict(InventoriedWorkload workload) {
        return workload.workload().templates().stream()
                .allMatch(template -> istio(template)
                        ? istioStrict(template)
                        : linkerdSetting(template, "config.linkerd.io/default-inbound-policy")
                                .filter(LINKERD_STRICT::contains)
                                .isPresent());
    }

    private boolean istioStrict(PodTemplate template) {
        String namespace = template.resource().namespace();
        Optional<Boolean> own = mode(namespace, template.labels(), true);
        Optional<Boolean> ofNamespace = own.isPresent() ? own : mode(namespace, Map.of(), false);
        return (ofNamespace.isPresent() ? ofNamespace : mode(ISTIO_ROOT, Map.of(), false)).orElse(false);
    }

    /**
     * What the PeerAuthentications of one level say; of several the weakest. Empty when none says anything.
     *
     * @param selecting those with a selector that fits the labels; else those without a selector
     */
    private Optional<Boolean> mode(String namespace, Map<String, String> labels, boolean selecting) {
        Optional<Boolean> strict = Optional.empty();
        for (Resource policy : peerAuthentications) {
            Map<String, String> selector =
                    policy.spec().at("selector", "matchLabels").textMap();
            boolean fits = policy.namespace().equals(namespace)
                    && selecting != selector.isEmpty()
                    && Texts.includes(labels, selector);
            if (!fits) {
                continue;
            }
            String mode = policy.spec().at("mtls", "mode").text().orElse("UNSET");
            boolean port = policy.spec().at("portLevelMtls").fields().values().stream()
                    .map(each -> each.text("mode"))
                    .anyMatch(each -> each.equals("PERMISSIVE") || each.equals("DISABLE"));
            if (!mode.equals("UNSET") || port) {
                boolean here = mode.equals("STRICT") && !port;
                strict = Optional.of(strict.orElse(true) && here);
            }
        }
        return strict;
    }

    private Optional<String> linkerdSetting(PodTemplate template, String key) {
        String own = template.annotations().get(key);
        if (own != null) {
            return Optional.of(own);
        }
        Resource namespace = declared.get(template.resource().namespace());
        return Optional.ofNullable(namespace)
                .map(each -> each.annotations().getOrDefault(key, ""))
                .filter(value -> !value.isEmpty());
    }

    private Map<String, String> namespaceLabels(PodTemplate template) {
        NamespaceFacts namespace =
                inventory.namespaces().get(template.resource().namespace());
        return namespace == null ? Map.of() : namespace.labels();
    }

    private static boolean hasContainer(PodTemplate template, String name) {
        return template.containers().stream()
                .anyMatch(container -> container.name().equals(name));
    }
}
