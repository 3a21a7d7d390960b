package io.plimsoll.audit.control.plane;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.Map;
import java.util.Optional;

/** Where kube-proxy tells its metrics: in its configuration, in the ConfigMap that holds one, or in its flags. */
public final class KubeProxy {

    private static final String KIND = "KubeProxyConfiguration";
    private static final String FIELD = "metricsBindAddress";
    private static final String FLAG = "metrics-bind-address";

    private KubeProxy() {}

    /** Flags count where no file is named: a file decides alone. */
    public static Judge.OfPods flags() {
        return (pod, asked) -> {
            Optional<Flags> flags = Flags.of(pod, "kube-proxy");
            if (flags.isEmpty() || flags.get().has("config")) {
                return Answer.ELSEWHERE;
            }
            return isLocal(flags.get().value(FLAG))
                    ? Answer.GOOD
                    : Answer.wrong(
                            flags.get().container().container().name(),
                            flags.get().at(FLAG),
                            wrong(flags.get().value(FLAG)));
        };
    }

    public static Judge.OfObjects configuration() {
        return (object, asked) -> object.kind().equals(KIND) ? configured(object) : mapped(object);
    }

    private static Answer configured(Resource configuration) {
        Field address = Field.of(configuration).at(FIELD);
        return isLocal(address.shown()) ? Answer.GOOD : Answer.wrong(address, wrong(address.shown()));
    }

    /** The configuration is a text in the ConfigMap: of the fields that matter it has one a line, in YAML as in indented JSON. */
    private static Answer mapped(Resource configMap) {
        Field data = Field.of(configMap).at("data");
        for (Map.Entry<String, Value> each : data.value().fields().entrySet()) {
            String text = each.getValue().text().orElse("");
            if (text.contains(KIND)) {
                String address = address(text);
                return isLocal(address) ? Answer.GOOD : Answer.wrong(data.entry(each.getKey()), wrong(address));
            }
        }
        return Answer.ELSEWHERE;
    }

    private static String address(String text) {
        return text.lines()
                .map(line -> line.strip().replace("\"", "").replace("'", ""))
                .filter(line -> line.startsWith(FIELD + ":"))
                .map(line -> line.substring(FIELD.length() + 1))
                .map(value -> value.replaceAll("(\\s#.*|,\\s*)$", "").strip())
                .findFirst()
                .orElse("");
    }

    /** Nothing means 127.0.0.1. */
    private static boolean isLocal(String address) {
        return address.isEmpty()
                || address.startsWith("127.")
                || address.startsWith("localhost:")
                || address.startsWith("[::1]");
    }

    private static String wrong(String address) {
        return "kube-proxy tells its metrics to everybody at " + address + "; set " + FIELD + ": 127.0.0.1:10249";
    }
}
