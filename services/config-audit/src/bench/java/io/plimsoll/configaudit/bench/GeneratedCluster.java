package io.plimsoll.configaudit.bench;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A mixed cluster: of every 200 objects of a namespace 60 are Deployments of two containers, the others ConfigMaps, Services, accounts, roles,
 * bindings, network policies, an Ingress and a quota; besides nodes, cluster roles' bindings, and three admission policies in force.
 */
final class GeneratedCluster {

    private static final int NAMESPACE_OBJECTS = 200;
    private static final int DEPLOYMENTS = 60;

    private GeneratedCluster() {}

    static ClusterState of(int objects, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(POLICIES);
        int namespaces = Math.max(1, (objects - 40) / NAMESPACE_OBJECTS);
        for (int n = 0; n < namespaces; n++) {
            namespace(text, "team-" + n, random);
        }
        for (int n = 0; n < 20; n++) {
            text.append("""
                    apiVersion: v1
                    kind: Node
                    metadata: {name: node-%d}
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRoleBinding
                    metadata: {name: binding-%d}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                    subjects: [{kind: Group, name: group-%d, apiGroup: rbac.authorization.k8s.io}]
                    ---
                    """.formatted(n, n, n));
        }
        return new ClusterState("bench", ClusterMode.LIVE, read(text.toString()));
    }

    private static void namespace(StringBuilder text, String name, Random random) {
        text.append("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {team: %s, pod-security.kubernetes.io/enforce: %s}}
                ---
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: quota, namespace: %s}
                spec: {hard: {pods: "500"}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny, namespace: %s}
                spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
                ---
                """.formatted(name, name, random.nextBoolean() ? "baseline" : "restricted", name, name));
        int rest = NAMESPACE_OBJECTS - 3;
        for (int i = 0; i < rest; i++) {
            text.append(i < DEPLOYMENTS ? deployment(name, i, random) : other(name, i))
                    .append("---\n");
        }
    }

    static String deployment(String namespace, int i, Random random) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: app-%d, namespace: %s, labels: {app: app-%d, app.kubernetes.io/part-of: part-%d}}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: app-%d}}
                  template:
                    metadata: {labels: {app: app-%d}}
                    spec:
                      serviceAccountName: account-%d
                      securityContext: {runAsNonRoot: %s, seccompProfile: {type: RuntimeDefault}}
                      containers:
                        - name: main
                          image: registry.example.com/app-%d:1.%d
                          ports: [{containerPort: 8080}]
                          env: [{name: A, value: "%d"}, {name: B, value: b}, {name: C, valueFrom: {secretKeyRef: {name: s, key: k}}}]
                          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
                          readinessProbe: {httpGet: {path: /ready, port: 8080}}
                          livenessProbe: {httpGet: {path: /live, port: 8080}}
                          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: %s, capabilities: {drop: [ALL]}}
                          volumeMounts: [{name: tmp, mountPath: /tmp}]
                        - name: proxy
                          image: registry.example.com/proxy:2.%d
                          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                      volumes: [{name: tmp, emptyDir: {}}, {name: c, configMap: {name: config-%d}}]
                """.formatted(
                        i,
                        namespace,
                        i,
                        i % 5,
                        1 + random.nextInt(4),
                        i,
                        i,
                        i % 10,
                        random.nextBoolean(),
                        i,
                        random.nextInt(50),
                        random.nextInt(1000),
                        random.nextBoolean(),
                        random.nextInt(9),
                        i);
    }

    static String other(String namespace, int i) {
        String meta = "metadata: {name: %s-" + i + ", namespace: " + namespace + "}\n";
        return switch (i % 8) {
            case 0, 1, 2 -> "apiVersion: v1\nkind: ConfigMap\n" + meta.formatted("config") + "data: {a: b, c: d}\n";
            case 3, 4 ->
                "apiVersion: v1\nkind: Service\n" + meta.formatted("service") + "spec: {selector: {app: app-"
                        + i % DEPLOYMENTS + "}, ports: [{port: 80, targetPort: 8080}]}\n";
            case 5 -> "apiVersion: v1\nkind: ServiceAccount\n" + meta.formatted("account");
            case 6 ->
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n" + meta.formatted("role")
                        + "rules: [{apiGroups: [\"\"], resources: [configmaps], verbs: [get, list]}]\n";
            default ->
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n" + meta.formatted("binding")
                        + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: role}\n"
                        + "subjects: [{kind: ServiceAccount, name: account-1, namespace: " + namespace + "}]\n";
        };
    }

    private static final String POLICIES = policy(
                    "tags", "object.spec.template.spec.containers.all(c, !c.image.endsWith(':latest'))")
            + policy(
                    "privileged",
                    "object.spec.template.spec.containers.all(c, !has(c.securityContext.privileged) || !c.securityContext.privileged)")
            + policy("host", "!has(object.spec.template.spec.hostNetwork) || !object.spec.template.spec.hostNetwork");

    private static String policy(String name, String expression) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %s}
                spec:
                  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]}
                  validations: [{expression: "%s"}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %s}
                spec: {policyName: %s, validationActions: [Deny]}
                ---
                """.formatted(name, expression, name, name);
    }

    /** The one object of a text. */
    static Resource one(String text) {
        return read(text).getFirst();
    }

    private static List<Resource> read(String text) {
        ClusterStateBuilder builder = new ClusterStateBuilder("bench", ClusterMode.LIVE);
        ManifestLimits limits = ManifestLimits.DEFAULTS;
        try {
            new ManifestReader(limits)
                    .read(
                            "bench.yaml",
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                            new DocumentSink() {
                                @Override
                                public void document(Document document) {
                                    builder.add(document, "", problem -> {
                                        throw new IllegalStateException(problem.toString());
                                    });
                                }

                                @Override
                                public void problem(Problem problem) {
                                    throw new IllegalStateException(problem.toString());
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build().resources();
    }
}
