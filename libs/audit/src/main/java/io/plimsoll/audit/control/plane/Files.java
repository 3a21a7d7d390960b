package io.plimsoll.audit.control.plane;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.Resource;
import java.util.List;
import java.util.Set;

/** Configuration files of the kubelet and of encryption, and where volumes lie. */
public final class Files {

    /** Provisioners that encrypt only when they are told to, and the parameter that tells them. */
    private static final Set<String> ENCRYPT_ON_DEMAND =
            Set.of("ebs.csi.aws.com", "kubernetes.io/aws-ebs", "efs.csi.aws.com");

    private Files() {}

    /** The first provider writes, so it decides. */
    public static Judge.OfObjects encryption() {
        return (configuration, asked) -> {
            for (Field resources : Field.of(configuration).at("resources").items()) {
                boolean secrets = resources.value().at("resources").texts().stream()
                        .anyMatch(each -> each.equals("secrets") || each.equals("*.*") || each.equals("*."));
                List<Field> providers = resources.at("providers").items();
                if (secrets
                        && (providers.isEmpty() || providers.getFirst().value().hasKey("identity"))) {
                    return Answer.wrong(
                            resources.at("providers"),
                            "secrets are written in clear text; put an encrypting provider first");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects kubeletAccess() {
        return (configuration, asked) -> {
            Field whole = Field.of(configuration);
            Field anonymous = whole.at("authentication", "anonymous", "enabled");
            if (anonymous.is(true)) {
                return Answer.wrong(anonymous, "the kubelet answers callers without a name; set enabled: false");
            }
            Field mode = whole.at("authorization", "mode");
            return mode.shown().equals("AlwaysAllow")
                    ? Answer.wrong(mode, "the kubelet lets everybody do everything; set mode: Webhook")
                    : Answer.GOOD;
        };
    }

    public static Judge.OfObjects kubeletClients() {
        return (configuration, asked) -> {
            Field whole = Field.of(configuration);
            Field port = whole.at("readOnlyPort");
            if (port.value().integer().orElse(0) != 0) {
                return Answer.wrong(port, "the kubelet answers everybody on its read-only port; set readOnlyPort: 0");
            }
            Field authority = whole.at("authentication", "x509", "clientCAFile");
            return authority.text().orElse("").isBlank()
                    ? Answer.wrong(
                            authority, "the kubelet does not check certificates of its callers; set clientCAFile")
                    : Answer.GOOD;
        };
    }

    public static Judge.OfObjects kubeletHardening() {
        return (configuration, asked) -> {
            Field whole = Field.of(configuration);
            Field idle = whole.at("streamingConnectionIdleTimeout");
            if (idle.written() && idle.shown().matches("0[smh]?|0s|0")) {
                return Answer.wrong(idle, "streams are never closed; set a timeout");
            }
            Field chains = whole.at("makeIPTablesUtilChains");
            if (chains.is(false)) {
                return Answer.wrong(chains, "the kubelet does not keep its firewall chains; set true");
            }
            Field events = whole.at("eventRecordQPS");
            if (events.value().integer().orElse(1) == 0) {
                return Answer.wrong(events, "the rate of events has no limit; set one");
            }
            Field rotate = whole.at("rotateCertificates");
            if (rotate.is(false)) {
                return Answer.wrong(rotate, "the kubelet's certificate is never renewed; set true");
            }
            Field pids = whole.at("podPidsLimit");
            if (pids.value().integer().orElse(-1) <= 0) {
                return Answer.wrong(pids, "a pod may use up the node's process ids; set podPidsLimit");
            }
            Field seccomp = whole.at("seccompDefault");
            return seccomp.is(true)
                    ? Answer.GOOD
                    : Answer.wrong(seccomp, "pods that name no seccomp profile run without; set seccompDefault: true");
        };
    }

    public static Judge.OfObjects storage() {
        return (object, asked) -> object.kind().equals("PersistentVolume") ? volume(object) : storageClass(object);
    }

    private static Answer volume(Resource volume) {
        Field path = Field.of(volume).at("spec", "hostPath");
        return path.written()
                ? Answer.wrong(path, "the volume is a folder of a node; use storage of the cluster")
                : Answer.GOOD;
    }

    private static Answer storageClass(Resource storage) {
        Field encrypted = Field.of(storage).at("parameters", "encrypted");
        boolean asks = ENCRYPT_ON_DEMAND.contains(storage.body().text("provisioner"));
        return asks && !encrypted.shown().equals("true")
                ? Answer.wrong(
                        encrypted, "volumes of this class are not encrypted; set the parameter encrypted: \"true\"")
                : Answer.GOOD;
    }
}
