package io.plimsoll.segmentation.mesh;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.segmentation.policy.LabelSelector;
import io.plimsoll.segmentation.policy.Labels;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.policy.SelectorReader;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the policies of an Istio mesh say. Those that are bound to a waypoint, a Gateway or a Service are not analysed and left
 * to others. Immutable, any thread.
 */
public final class MeshPolicies {

    /** Of a cluster without a mesh. */
    public static final MeshPolicies NONE = new MeshPolicies(MeshSettings.DEFAULTS);

    private static final Pattern ROOT = Pattern.compile("(?m)^rootNamespace:\\s*\"?([a-z0-9-]+)");
    private static final String DEFAULT_ROOT = "istio-system";
    private static final String ROOT_FIELD = "mesh";

    private final MeshSettings settings;
    private final List<AuthorizationPolicy> authorizations = new ArrayList<>();
    private final List<PeerAuthentication> authentications = new ArrayList<>();
    private final List<Sidecar> sidecars = new ArrayList<>();
    private final List<OutsideName> names = new ArrayList<>();
    private final List<MeshService> services = new ArrayList<>();
    private final List<PolicyProblem> problems = new ArrayList<>();

    private MeshPolicies(MeshSettings settings) {
        this.settings = settings;
    }

    /** Reads the policies of a mesh; never fails for what is in them. */
    public static MeshPolicies of(ClusterState state, MeshSettings settings) {
        MeshPolicies mesh = new MeshPolicies(settings);
        String root = root(state, settings);
        for (Resource resource : state.resources()) {
            switch (resource.group()) {
                case "security.istio.io" -> mesh.addSecurity(resource, root);
                case "networking.istio.io" -> mesh.addRouting(resource, root);
                default -> {}
            }
        }
        if (!mesh.sidecars.isEmpty()) {
            mesh.addServices(state);
        }
        mesh.authorizations.sort(Comparator.comparing(AuthorizationPolicy::action)
                .thenComparing(policy -> policy.id().toString()));
        return mesh;
    }

    private static String root(ClusterState state, MeshSettings settings) {
        if (!settings.rootNamespace().isEmpty()) {
            return settings.rootNamespace();
        }
        return state.all("ConfigMap", "").stream()
                .filter(map -> map.name().equals("istio"))
                .map(map -> ROOT.matcher(map.body().at("data").text(ROOT_FIELD)))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse(DEFAULT_ROOT);
    }

    private void addSecurity(Resource resource, String root) {
        boolean everywhere = resource.namespace().equals(root);
        for (Resource declared : resource.declared()) {
            Optional<LabelSelector> subject = subject(declared);
            if (subject.isEmpty()) {
                continue;
            }
            if (declared.kind().equals("AuthorizationPolicy")) {
                new AuthorizationReader(declared, problems)
                        .read(subject.get(), everywhere)
                        .ifPresent(authorizations::add);
            } else if (declared.kind().equals("PeerAuthentication")) {
                authentications.add(authentication(declared, subject.get(), everywhere));
            }
        }
    }

    /** Whom a policy of Istio's security group selects; nothing when that is not told by labels of pods. */
    public static Optional<LabelSelector> subject(Resource resource) {
        Value spec = resource.spec();
        if (spec.at("targetRef").present() || !spec.items("targetRefs").isEmpty()) {
            return Optional.empty();
        }
        return selector(spec.at("selector", "matchLabels"));
    }

    private static Optional<LabelSelector> selector(Value matchLabels) {
        return SelectorReader.read(new Value.Obj(Map.of("matchLabels", matchLabels), matchLabels.line()));
    }

    private static PeerAuthentication authentication(Resource resource, LabelSelector subject, boolean everywhere) {
        Map<Integer, PeerAuthentication.Mode> ports = new HashMap<>();
        resource.spec().at("portLevelMtls").fields().forEach((port, value) -> {
            if (port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= PortSet.PORT_MAX) {
                ports.put(Integer.parseInt(port), PeerAuthentication.Mode.of(value.text("mode")));
            }
        });
        PeerAuthentication.Mode mode =
                PeerAuthentication.Mode.of(resource.spec().at("mtls").text("mode"));
        return new PeerAuthentication(resource.id(), everywhere, subject, mode, ports);
    }

    private void addRouting(Resource resource, String root) {
        Value spec = resource.spec();
        if (resource.kind().equals("Sidecar")) {
            List<String> hosts = new ArrayList<>();
            spec.items("egress")
                    .forEach(listener -> hosts.addAll(listener.at("hosts").texts()));
            selector(spec.at("workloadSelector", "labels"))
                    .ifPresent(subject -> sidecars.add(new Sidecar(
                            resource.namespace(),
                            resource.namespace().equals(root),
                            subject,
                            hosts,
                            spec.at("outboundTrafficPolicy").text("mode").equals("REGISTRY_ONLY"))));
        } else if (resource.kind().equals("ServiceEntry")) {
            for (String host : spec.at("hosts").texts()) {
                names.add(new OutsideName(
                        resource.namespace(), host, spec.at("exportTo").texts()));
            }
        }
    }

    private void addServices(ClusterState state) {
        for (Resource service : state.all("Service", "")) {
            Map<String, String> selector = Labels.of(service.spec().at("selector"));
            if (!selector.isEmpty()) {
                String name = service.name() + "." + service.namespace() + ".svc.cluster.local";
                services.add(new MeshService(service.namespace(), name, selector));
            }
        }
    }

    public MeshSettings settings() {
        return settings;
    }

    /** True when nothing of it can change a verdict. */
    public boolean isEmpty() {
        return authorizations.isEmpty()
                && authentications.isEmpty()
                && (sidecars.isEmpty() || !settings.sidecarsBind());
    }

    /** How many policies were read that decide about connections. */
    public int size() {
        return authorizations.size() + authentications.size();
    }

    public List<PolicyProblem> problems() {
        return List.copyOf(problems);
    }

    /** What is to be told apart for the network, and for the mesh too. */
    public Vocabulary vocabulary(Vocabulary ofPolicies) {
        if (isEmpty()) {
            return ofPolicies;
        }
        Vocabulary all = ofPolicies;
        for (AuthorizationPolicy policy : authorizations) {
            all = all.with(policy.subject());
            for (AuthorizationRule rule : policy.rules()) {
                for (Senders senders : rule.senders()) {
                    all = all.with(senders.addresses(), settings.addressesMeanPods())
                            .with(senders.notAddresses(), settings.addressesMeanPods());
                }
            }
        }
        for (PeerAuthentication each : authentications) {
            all = all.with(each.subject());
        }
        if (settings.sidecarsBind()) {
            for (Sidecar sidecar : sidecars) {
                all = all.with(sidecar.subject());
            }
            for (MeshService service : services) {
                all = all.with(service.selector().keySet());
            }
        }
        return all;
    }

    /** What the mesh knows of pods, as far as its policies ask. */
    public MeshPlace place(PodTemplate pod, Map<String, String> namespaceLabels) {
        if (isEmpty()) {
            return MeshPlace.NOWHERE;
        }
        Membership membership = settings.everyoneIsIn() ? Membership.IN : MeshPlace.of(pod, namespaceLabels);
        boolean asked = authorizations.stream()
                .flatMap(policy -> policy.rules().stream())
                .flatMap(rule -> rule.senders().stream())
                .anyMatch(Senders::asksForAccounts);
        return new MeshPlace(membership, asked ? pod.serviceAccount() : "");
    }

    /** The policies that select pods, in the order they are asked. */
    public List<AuthorizationPolicy> authorizations(String namespace, Map<String, String> labels) {
        return authorizations.stream()
                .filter(policy -> policy.selects(namespace, labels))
                .toList();
    }

    /** Where the pods refuse plain text; of several that are equally narrow it is not known which holds. */
    public Strictness strictness(String namespace, Map<String, String> labels) {
        List<PeerAuthentication> selecting = authentications.stream()
                .filter(each -> each.selects(namespace, labels))
                .toList();
        PortSet certain = PortSet.NONE;
        PortSet possible = PortSet.NONE;
        for (int level = 0; level <= 2; level++) {
            int here = level;
            List<PeerAuthentication> equal =
                    selecting.stream().filter(each -> each.level() == here).toList();
            if (equal.isEmpty()) {
                continue;
            }
            PortSet all = AuthorizationReader.TCP;
            PortSet any = PortSet.NONE;
            for (PeerAuthentication each : equal) {
                all = all.intersect(said(each, certain));
                any = any.union(said(each, possible));
            }
            certain = all;
            possible = any;
        }
        return possible.isEmpty() ? Strictness.NONE : new Strictness(certain, possible);
    }

    /** The PeerAuthentications that select pods, the narrowest first. */
    public List<ResourceId> strictPolicies(String namespace, Map<String, String> labels) {
        return authentications.stream()
                .filter(each -> each.selects(namespace, labels))
                .sorted(Comparator.comparingInt(PeerAuthentication::level).reversed())
                .map(PeerAuthentication::id)
                .toList();
    }

    private static PortSet said(PeerAuthentication each, PortSet wider) {
        PortSet ports =
                switch (each.strict()) {
                    case STRICT -> AuthorizationReader.TCP;
                    case OPEN -> PortSet.NONE;
                    case UNSET -> wider;
                };
        for (Map.Entry<Integer, PeerAuthentication.Mode> port : each.ports().entrySet()) {
            PortSet one = PortSet.of(Protocol.TCP, port.getKey());
            ports = switch (port.getValue()) {
                case STRICT -> ports.union(one);
                case OPEN -> ports.minus(one);
                case UNSET -> ports;
            };
        }
        return ports;
    }

    /** What the proxies of pods know of; nothing when no Sidecar limits them, or Sidecars are not counted. */
    public Optional<Imports> imports(String namespace, Map<String, String> labels) {
        return settings.sidecarsBind()
                ? sidecar(namespace, labels).map(found -> new Imports(found, namespace))
                : Optional.empty();
    }

    private Optional<Sidecar> sidecar(String namespace, Map<String, String> labels) {
        return sidecars.stream()
                .filter(each -> each.selects(namespace, labels))
                .max(Comparator.comparingInt(Sidecar::level));
    }

    /** The names outside that the registry holds for pods of a namespace with these labels, sorted. */
    public SortedSet<String> names(String namespace, Map<String, String> labels) {
        Optional<Sidecar> sidecar = sidecar(namespace, labels);
        SortedSet<String> known = new TreeSet<>();
        for (OutsideName name : names) {
            if (name.isExportedTo(namespace)
                    && sidecar.map(each -> each.imports(namespace, name.namespace(), name.name()))
                            .orElse(true)) {
                known.add(name.name());
            }
        }
        return known;
    }

    /** What the proxies of some pods know of. */
    public final class Imports {

        private final Sidecar sidecar;
        private final String namespace;

        private Imports(Sidecar sidecar, String namespace) {
            this.sidecar = sidecar;
            this.namespace = namespace;
        }

        /** Whether pods stand behind a service that is known. */
        public boolean reach(String podNamespace, Map<String, String> labels) {
            return services.stream()
                    .anyMatch(service -> service.leadsTo(podNamespace, labels)
                            && sidecar.imports(namespace, service.namespace(), service.name()));
        }

        /** Whether traffic to what is not known is refused, addresses outside among it. */
        public boolean refusesUnknown() {
            return sidecar.registryOnly();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Imports that && sidecar.equals(that.sidecar) && namespace.equals(that.namespace);
        }

        @Override
        public int hashCode() {
            return sidecar.hashCode() * 31 + namespace.hashCode();
        }
    }
}
