package io.plimsoll.kubernetes.manifest;

import java.util.Set;

/** Which kinds live outside namespaces, where no CustomResourceDefinition of the input says so. */
final class KindScopes {

    private static final Set<String> CLUSTER_WIDE = Set.of(
            "/Namespace",
            "/Node",
            "/PersistentVolume",
            "/ComponentStatus",
            "apiextensions.k8s.io/CustomResourceDefinition",
            "apiregistration.k8s.io/APIService",
            "admissionregistration.k8s.io/MutatingWebhookConfiguration",
            "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
            "admissionregistration.k8s.io/MutatingAdmissionPolicy",
            "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
            "certificates.k8s.io/CertificateSigningRequest",
            "certificates.k8s.io/ClusterTrustBundle",
            "flowcontrol.apiserver.k8s.io/FlowSchema",
            "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
            "networking.k8s.io/IngressClass",
            "networking.k8s.io/ServiceCIDR",
            "networking.k8s.io/IPAddress",
            "node.k8s.io/RuntimeClass",
            "policy/PodSecurityPolicy",
            "extensions/PodSecurityPolicy",
            "rbac.authorization.k8s.io/ClusterRole",
            "rbac.authorization.k8s.io/ClusterRoleBinding",
            "scheduling.k8s.io/PriorityClass",
            "storage.k8s.io/StorageClass",
            "storage.k8s.io/CSIDriver",
            "storage.k8s.io/CSINode",
            "storage.k8s.io/VolumeAttachment",
            "storage.k8s.io/VolumeAttributesClass",
            "snapshot.storage.k8s.io/VolumeSnapshotClass",
            "gateway.networking.k8s.io/GatewayClass",
            "policy.networking.k8s.io/AdminNetworkPolicy",
            "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
            "policy.networking.k8s.io/ClusterNetworkPolicy",
            "cilium.io/CiliumClusterwideNetworkPolicy",
            "crd.projectcalico.org/GlobalNetworkPolicy",
            "projectcalico.org/GlobalNetworkPolicy",
            "kyverno.io/ClusterPolicy",
            "policies.kyverno.io/ValidatingPolicy",
            "policies.kyverno.io/ImageValidatingPolicy",
            "policies.kyverno.io/MutatingPolicy",
            "policies.kyverno.io/GeneratingPolicy",
            "policies.kyverno.io/DeletingPolicy",
            "templates.gatekeeper.sh/ConstraintTemplate",
            "policy.sigstore.dev/ClusterImagePolicy",
            "cert-manager.io/ClusterIssuer",
            "external-secrets.io/ClusterSecretStore",
            "external-secrets.io/ClusterExternalSecret",
            "tracing.cilium.io/TracingPolicy",
            "cilium.io/TracingPolicy",
            "security.kubearmor.com/KubeArmorClusterPolicy",
            "karpenter.sh/NodePool",
            "karpenter.sh/Provisioner",
            "config.openshift.io/ClusterVersion",
            "project.openshift.io/Project",
            "security.openshift.io/SecurityContextConstraints",
            "constraints.gatekeeper.sh/*");

    private KindScopes() {}

    static boolean clusterWide(String group, String kind) {
        return CLUSTER_WIDE.contains(group + "/" + kind) || CLUSTER_WIDE.contains(group + "/*");
    }
}
