package io.plimsoll.kubernetes.addon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an add-on is for. */
public enum AddOnRole {
    AUTOSCALING("sizes workloads and nodes"),
    BACKUP("saves and restores what a cluster holds"),
    CERTIFICATES("issues and hands out certificates"),
    CHAOS("breaks things on purpose"),
    CHATOPS("talks of the cluster in a chat"),
    CI("builds and tests"),
    CLOUD_AGENT("joins a cluster to its cloud"),
    CLUSTER_LIFECYCLE("makes, joins and equips clusters and what surrounds them"),
    CNI("connects pods"),
    COST("counts what the cluster costs"),
    DASHBOARD("shows a cluster to people"),
    DATABASE_OPERATOR("runs databases for applications; the databases are not part of it"),
    DNS("answers or publishes names"),
    GITOPS("makes the cluster what a repository says"),
    IDENTITY("tells who people and workloads are"),
    INGRESS("lets requests in"),
    KUBERNETES("Kubernetes itself"),
    LOAD_BALANCER("gives Services an address outside"),
    LOGGING("collects logs"),
    MESH("carries requests between workloads"),
    MESSAGING_OPERATOR("runs brokers for applications; the brokers are not part of it"),
    MONITORING("collects and shows measurements"),
    NODE_AGENT("looks after nodes and their devices"),
    OPERATOR("runs something else for applications"),
    POLICY("decides what may be admitted"),
    REGISTRY("keeps and hands out images"),
    RUNTIME_SENSOR("watches what containers do"),
    SCANNER("looks for known weaknesses"),
    SCHEDULING("decides where and when pods run"),
    SECRETS("keeps and hands out secrets"),
    SERVERLESS("runs functions and models for applications"),
    STORAGE("gives volumes"),
    TRACING("follows requests"),
    VIRTUALISATION("runs virtual machines");

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String meaning;

    AddOnRole(String meaning) {
        this.meaning = meaning;
    }

    /** As the catalogue writes it. */
    public String id() {
        return id;
    }

    /** A few words for people. */
    public String meaning() {
        return meaning;
    }

    static Optional<AddOnRole> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }
}
