package io.plimsoll.audit.control;

import io.plimsoll.audit.access.Power;
import io.plimsoll.audit.control.admission.Admission;
import io.plimsoll.audit.control.admission.Signatures;
import io.plimsoll.audit.control.image.ImageConfigs;
import io.plimsoll.audit.control.image.Images;
import io.plimsoll.audit.control.namespace.Namespaces;
import io.plimsoll.audit.control.network.Exposure;
import io.plimsoll.audit.control.network.Ingresses;
import io.plimsoll.audit.control.network.Policies;
import io.plimsoll.audit.control.network.References;
import io.plimsoll.audit.control.plane.Components;
import io.plimsoll.audit.control.plane.Files;
import io.plimsoll.audit.control.plane.KubeProxy;
import io.plimsoll.audit.control.plane.ManagedPlane;
import io.plimsoll.audit.control.pod.Accounts;
import io.plimsoll.audit.control.pod.Commands;
import io.plimsoll.audit.control.pod.Privileges;
import io.plimsoll.audit.control.pod.Secrets;
import io.plimsoll.audit.control.pod.Standard;
import io.plimsoll.audit.control.pod.Volumes;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.control.rbac.Bindings;
import io.plimsoll.audit.control.rbac.Roles;
import io.plimsoll.audit.control.release.Releases;
import io.plimsoll.audit.control.resilience.Availability;
import io.plimsoll.audit.control.resilience.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The judges in Java by the names that controls call them by. A name may have one for pods and one for other objects. */
final class NamedJudges {

    private static final Map<String, List<Judge>> JUDGES = new HashMap<>();

    static {
        standards();
        pods();
        images();
        resilience();
        rbac();
        namespaces();
        network();
        admission();
        plane();
        releases();
    }

    private NamedJudges() {}

    static boolean known(String name) {
        return JUDGES.containsKey(name);
    }

    /** @throws IllegalArgumentException for a name that is not known */
    static List<Judge> of(String name) {
        List<Judge> judges = JUDGES.get(name);
        if (judges == null) {
            throw new IllegalArgumentException("no judge of this name: " + name);
        }
        return judges;
    }

    private static void put(String name, Judge... judges) {
        JUDGES.put(name, List.of(judges));
    }

    private static void standards() {
        for (String family : new String[] {
            "privileged",
            "hostpathvolumes",
            "windowshostprocess",
            "capabilities_baseline",
            "hostports",
            "procmount",
            "seccompprofile_baseline",
            "apparmorprofile",
            "selinuxoptions",
            "sysctls",
            "allowprivilegeescalation",
            "capabilities_restricted",
            "runasnonroot",
            "runasuser",
            "restrictedvolumes",
            "seccompprofile_restricted"
        }) {
            put("standard-" + family.replace('_', '-'), Standard.family(family));
        }
        put("standard-hostprobesandhostlifecycle", Standard.always("hostprobesandhostlifecycle"));
        for (String field : new String[] {"hostPID", "hostIPC", "hostNetwork"}) {
            put("standard-" + field.toLowerCase(Locale.ROOT), Standard.family("hostnamespaces", field));
        }
    }

    private static void pods() {
        put("low-user", Privileges.lowUser());
        put("root-group", Privileges.rootGroup());
        put("net-raw", Privileges.netRaw());
        put("takeover-capability", Privileges.takeoverCapability());
        put("host-path", Volumes.hostPath());
        put("host-path-writable", Volumes.writable());
        put("host-path-sensitive", Volumes.sensitive());
        put("runtime-socket", Volumes.runtimeSocket());
        put("host-port", Standard.hostPorts());
        put("read-only-root", Privileges.readOnlyRoot());
        put("token-mounted", Accounts.tokenMounted(), Accounts.tokenOfAccount());
        put("default-account", Accounts.defaultAccount());
        put("some-security-context", Privileges.someContext());
        put("secret-in-environment", Secrets.inEnvironment());
        put("credential-in-environment", Secrets.literal());
        put("credential-in-config-map", Secrets.inConfigMap());
        put("ssh-server", Commands.sshServer(), Commands.sshService());
        put("sudo", Commands.sudo());
        put(
                "shared-processes",
                Privileges.flagNotTrue(
                        "shareProcessNamespace",
                        "its containers see and signal each other's processes; remove shareProcessNamespace"));
        put("host-aliases", Privileges.hostAliases());
        put("control-plane-node", Commands.controlPlane());
        put("sandbox", Commands.sandbox());
        put("user-namespace", Privileges.userNamespace());
        put("probe-tools", Commands.probeTools());
    }

    private static void images() {
        put("image-floating", Images.floating());
        put("image-digest", Images.digest());
        put("image-registry", Images.registry());
        put("image-retired-registry", Images.retiredRegistry());
        put("image-pull-policy", Images.pullPolicy());
        put("image-pull-secret", Images.pullSecret());
        put("image-signatures", Signatures.checked());
        put("image-root-user", ImageConfigs.rootUser());
        put("image-secrets", ImageConfigs.secrets());
        put("image-admin-port", ImageConfigs.adminPort());
    }

    private static void resilience() {
        put("cpu-limit", Resources.limit("cpu"));
        put("memory-limit", Resources.limit("memory"));
        put("requests", Resources.requests());
        put("resource-quota", Resources.present("ResourceQuota"));
        put("limit-range", Resources.present("LimitRange"));
        put("probes", Availability.probes());
        put("disruption-budget", Availability.budget(), Availability.blocking());
        put("bare-pod", Resources.barePod());
    }

    private static void rbac() {
        for (Power power : Power.values()) {
            put("role-" + power.name().toLowerCase(Locale.ROOT).replace('_', '-'), Roles.gives(power));
        }
        put("role-change-dns", Roles.changesDns());
        put("role-wildcard", Roles.wildcard());
        put("binding-cluster-admin", Bindings.clusterAdmin());
        put("binding-everybody", Bindings.everybody());
        put("binding-masters", Bindings.masters());
        put("binding-default-account", Bindings.defaultAccount());
        put("binding-dangling", Bindings.dangling());
        put("token-secret", Bindings.tokenSecret());
        put("workload-takeover", Accounts.takeover());
    }

    private static void namespaces() {
        put("default-namespace", Namespaces.notDefault(), Namespaces.notDefaultObject());
        put("pod-security-label", Namespaces.labelled());
        put("pod-security-strong", Namespaces.strong());
        put("pod-security-consistent", Namespaces.consistent());
        put("system-namespace", Namespaces.notInSystem());
        put("ownership-labels", Namespaces.owned());
    }

    private static void network() {
        put("namespace-network-policy", Policies.ofNamespace());
        put("pod-network-policy", Policies.selected());
        put("ingress-tls", Ingresses.tls());
        put("service-outside", Exposure.outside());
        put("service-external-address", Exposure.externalAddress());
        put("ingress-host", Ingresses.openHost());
        put("ingress-risk", Ingresses.retiredController(), Ingresses.riskyAnnotation());
        put("dangling-reference", References.dangling());
        put("cloud-metadata", Policies.metadataReachable());
        put("console", Exposure.console());
    }

    private static void admission() {
        put("admission-engine", Admission.engine());
        put("webhook-fails-open", Admission.failsOpen());
        put("admission-skips-namespaces", Admission.skipsNamespaces());
        put("policy-idle", Admission.idlePolicy());
        put("webhook-url", Admission.outsideUrl());
    }

    private static void plane() {
        put("apiserver-anonymous", Components.anonymous(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-authorization", Components.authorization(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-static-credentials", Components.staticCredentials(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-plugins", Components.plugins(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-audit-log", Components.auditLog(), ManagedPlane.answersFor("audit-log"));
        put(
                "secrets-encrypted",
                Components.encryption(),
                Files.encryption(),
                ManagedPlane.answersFor("secrets-at-rest"));
        put("apiserver-tls", Components.tls(), ManagedPlane.answersFor("control-plane"));
        put("plane-diagnostics", Components.diagnostics(), ManagedPlane.answersFor("control-plane"));
        put("manager-credentials", Components.managerCredentials(), ManagedPlane.answersFor("control-plane"));
        put("etcd-authentication", Components.etcd(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-account-tokens", Components.accountTokens(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-token-lifetime", Components.tokenLifetime(), ManagedPlane.answersFor("control-plane"));
        put("apiserver-request-timeout", Components.requestTimeout(), ManagedPlane.answersFor("control-plane"));
        put("manager-garbage", Components.garbage(), ManagedPlane.answersFor("control-plane"));
        put("kube-proxy-metrics", KubeProxy.flags(), KubeProxy.configuration());
        put("kubelet-access", Files.kubeletAccess());
        put("kubelet-clients", Files.kubeletClients());
        put("kubelet-hardening", Files.kubeletHardening());
        put("volume-storage", Files.storage());
    }

    private static void releases() {
        put("release-supported", Releases.supportedNode(), Releases.supportedCluster());
        put("release-vulnerable", Releases.vulnerablePod(), Releases.vulnerableNode());
        put("release-skew", Releases.skew());
        put("api-removed", Releases.removedApi());
    }
}
