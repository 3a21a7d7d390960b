package io.plimsoll.audit.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where each kind keeps its pod, as variables of a policy, in the order they are declared in. */
public final class PodVariables {

    /** By name; what is not there is empty, so that no expression fails on it. */
    public static final Map<String, String> ALL = all();

    private PodVariables() {}

    private static Map<String, String> all() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("podHolder", """
                object.kind == 'Pod' ? object :
                object.kind == 'PodTemplate' ? object.?template.orValue({}) :
                object.kind == 'CronJob' ? object.?spec.?jobTemplate.?spec.?template.orValue({}) :
                object.?spec.?template.orValue({})""");
        variables.put("pod", "variables.podHolder.?spec.orValue({})");
        variables.put("podMetadata", "variables.podHolder.?metadata.orValue({})");
        variables.put("annotations", "variables.podHolder.?metadata.?annotations.orValue({})");
        variables.put("volumes", "variables.pod.?volumes.orValue([])");
        variables.put("containers", """
                variables.pod.?initContainers.orValue([]) +
                variables.pod.?containers.orValue([]) +
                variables.pod.?ephemeralContainers.orValue([])""");
        variables.put("windows", "variables.pod.?os.?name.orValue('') == 'windows'");
        return Collections.unmodifiableMap(variables);
    }
}
