package io.plimsoll.kubernetes.workload;

import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ResourceId;
import java.util.List;

/**
 * What runs, folded to the top owner: a Deployment with its ReplicaSets and pods is one workload, named by the Deployment,
 * also when only its pods were seen.
 *
 * @param id of the top owner, which need not be in the input
 * @param templates every pod specification declared or seen for it, at least one; the owner's own first. Where they
 *     differ, the weaker decides.
 * @param controlled false for a bare pod: nothing restarts or rolls it
 */
public record Workload(ResourceId id, List<PodTemplate> templates, boolean controlled) implements Comparable<Workload> {

    public Workload {
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("a workload without pods: " + id);
        }
        templates = List.copyOf(templates);
    }

    public PodTemplate template() {
        return templates.getFirst();
    }

    public String namespace() {
        return id.namespace();
    }

    public String kind() {
        return id.kind();
    }

    public String name() {
        return id.name();
    }

    public Source source() {
        return template().resource().source();
    }

    /** Runs until told to stop: neither a Job nor a CronJob. */
    public boolean longRunning() {
        return !id.kind().equals("Job") && !id.kind().equals("CronJob");
    }

    public SubjectId subjectId() {
        return new SubjectId(SubjectKind.WORKLOAD, id.cluster(), id.namespace(), id.kind(), id.name(), "");
    }

    @Override
    public int compareTo(Workload other) {
        return id.compareTo(other.id);
    }
}
