package io.plimsoll.gateway.api;

import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.api.kernel.v1.SubjectKind;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.IngressController;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workloads, addresses and objects, as people write them in a query. */
final class Ends {

    private static final String CONTROLLER = "ingress-controller";
    private static final String CORE = "core";
    private static final int NAMES_MAX = 200;

    private Ends() {}

    /** {@code NAMESPACE/KIND/NAME}, an address, a CIDR or {@code ingress-controller}. */
    static Endpoint end(String cluster, String parameter, @Nullable String written) {
        String text = Asked.text(parameter, written);
        if (text.equals(CONTROLLER)) {
            return Endpoint.newBuilder()
                    .setIngressController(IngressController.getDefaultInstance())
                    .build();
        }
        String[] parts = text.split("/", -1);
        if (parts.length == 3 && !parts[0].isEmpty() && !parts[1].isEmpty() && !parts[2].isEmpty()) {
            return Endpoint.newBuilder()
                    .setWorkload(workload(cluster, parts[0], parts[1], parts[2]))
                    .build();
        }
        // Of two parts the second is a number, or else it is nothing: whether it is an address is the service's to say.
        if (parts.length == 2 && parts[1].matches("[0-9]{1,3}")) {
            return Endpoint.newBuilder().setCidr(text).build();
        }
        if (parts.length == 1 && !text.isEmpty()) {
            return Endpoint.newBuilder().setAddress(text).build();
        }
        throw new ProblemException(
                        Problem.MALFORMED, parameter + " is NAMESPACE/KIND/NAME, an address, a CIDR or " + CONTROLLER)
                .at(parameter);
    }

    /** {@code NAMESPACE/KIND/NAME}. */
    static SubjectRef named(String cluster, String parameter, @Nullable String written) {
        String[] parts = Asked.text(parameter, written).split("/", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new ProblemException(Problem.MALFORMED, parameter + " is NAMESPACE/KIND/NAME").at(parameter);
        }
        return workload(cluster, parts[0], parts[1], parts[2]);
    }

    /** The same of a parameter that may come more than once. */
    static List<SubjectRef> named(String cluster, String parameter, @Nullable List<String> written) {
        return bounded(parameter, written).stream()
                .map(each -> named(cluster, parameter, each))
                .toList();
    }

    /** A parameter that may come more than once, within its bound. */
    static List<String> bounded(String parameter, @Nullable List<String> written) {
        List<String> names = written == null ? List.of() : written;
        if (names.size() > NAMES_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, names.size() + " names are too many")
                    .at(parameter)
                    .over(NAMES_MAX + " names");
        }
        return names;
    }

    /** {@code KIND/NAME} beside its namespace. */
    static SubjectRef workload(String cluster, String namespace, String kindAndName) {
        String[] parts = kindAndName.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty() || namespace.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED, "workload is KIND/NAME, together with its namespace")
                    .at("workload");
        }
        return workload(cluster, namespace, parts[0], parts[1]);
    }

    private static SubjectRef workload(String cluster, String namespace, String kind, String name) {
        return SubjectRef.newBuilder()
                .setKind(SubjectKind.SUBJECT_KIND_WORKLOAD)
                .setCluster(cluster)
                .setNamespace(namespace)
                .setObject(kind)
                .setName(name)
                .build();
    }

    /** {@code GROUP/KIND/NAMESPACE/NAME} or, of what is cluster-wide, {@code GROUP/KIND/NAME}; the core group is {@code core}. */
    static ResourceIdentity object(String cluster, String parameter, String written) {
        String[] parts = Asked.text(parameter, written).split("/", -1);
        boolean whole = parts.length == 3 || parts.length == 4;
        for (String part : parts) {
            whole &= !part.isEmpty();
        }
        if (!whole) {
            throw new ProblemException(
                            Problem.MALFORMED,
                            parameter + " is GROUP/KIND/NAMESPACE/NAME, or GROUP/KIND/NAME of what is cluster-wide; "
                                    + "the core group is " + CORE)
                    .at(parameter);
        }
        return ResourceIdentity.newBuilder()
                .setCluster(cluster)
                .setGroup(parts[0].equals(CORE) ? "" : parts[0])
                .setKind(parts[1])
                .setNamespace(parts.length == 4 ? parts[2] : "")
                .setName(parts[parts.length - 1])
                .build();
    }
}
