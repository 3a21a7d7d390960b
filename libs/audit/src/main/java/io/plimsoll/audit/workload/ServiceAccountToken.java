package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;

/** The key to the Kubernetes API is not handed to programs that never call it. Judged by the pod alone. */
final class ServiceAccountToken {

    static final Control CONTROL = PodControl.question(
            "service-account-token-automounted",
            "Holds no token of the Kubernetes API unasked",
            Severity.LOW,
            "Set automountServiceAccountToken: false on the pod, unless the program calls the Kubernetes API.",
            "L27.4");

    private ServiceAccountToken() {}

    static Answer judge(Workload workload, PodFields pod) {
        Field mounted = pod.spec().at("automountServiceAccountToken");
        return mounted.is(false)
                ? new Answer.Good("the pod asks for no token of its service account")
                : Answer.wrong(
                        mounted,
                        "every container gets the token of the service account "
                                + pod.template().serviceAccount()
                                + "; set automountServiceAccountToken to false unless one calls the Kubernetes API");
    }
}
