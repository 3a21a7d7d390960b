package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.picture.Edge;
import io.plimsoll.segmentation.picture.Floor;
import io.plimsoll.segmentation.picture.Group;
import io.plimsoll.segmentation.picture.Picture;
import java.util.ArrayList;
import java.util.List;

/** The cluster as boxes and arrows: namespaces, and when one is opened its workloads in groups. */
public final class DrawGraph {

    /** Groups of a namespace beyond which it is not opened: arrows between all of them are for no eye. */
    static final int GROUPS_MAX = 2_000;

    /** One box. */
    public sealed interface Node {
        record OfNamespace(String name, long workloads, long groups) implements Node {}

        record OfWorkload(ResourceId id, int group) implements Node {}
    }

    private DrawGraph() {}

    /**
     * Boxes.
     *
     * @param namespace empty for the namespaces, else the workloads of this one
     * @throws ProblemException of {@link Problem#NOT_FOUND} for a namespace in which the caller sees nothing
     */
    public static Rows.Page<Node> nodes(
            SeenCluster cluster, Caller caller, String namespace, Rows.Position from, int size) {
        Picture picture = cluster.picture(caller);
        List<Node> nodes = new ArrayList<>();
        if (namespace.isEmpty()) {
            for (String name : picture.namespaces()) {
                long workloads = picture.groupsOf(name)
                        .mapToLong(
                                group -> picture.groups().get(group).workloads().size())
                        .sum();
                nodes.add(new Node.OfNamespace(
                        name, workloads, picture.groupsOf(name).count()));
            }
        } else {
            for (int number : picture.groupsOf(namespace).toArray()) {
                Group group = picture.groups().get(number);
                group.workloads().forEach(workload -> nodes.add(new Node.OfWorkload(workload, number)));
            }
            if (nodes.isEmpty()) {
                throw unseen(namespace);
            }
        }
        return Rows.page(nodes, from, size);
    }

    /**
     * Arrows.
     *
     * @param namespace empty for those between namespaces, else those of this one's groups
     * @throws ProblemException of {@link Problem#NOT_FOUND} for a namespace in which the caller sees nothing, of
     *     {@link Problem#TOO_LARGE} for one of too many groups
     */
    public static Rows.Page<Edge> edges(
            SeenCluster cluster, Caller caller, String namespace, Rows.Position from, int size, Until until) {
        Picture picture = cluster.picture(caller);
        if (picture.groupsOf(namespace).count() > GROUPS_MAX) {
            throw new ProblemException(
                            Problem.TOO_LARGE,
                            "namespace " + namespace + " has "
                                    + picture.groupsOf(namespace).count()
                                    + " groups of workloads, too many to draw: list its connections")
                    .over(GROUPS_MAX + " groups");
        }
        Floor floor =
                namespace.isEmpty() ? picture.overview() : picture.of(namespace).orElseThrow(() -> unseen(namespace));
        return Rows.page(floor.parts(), floor::part, from, size, until);
    }

    private static ProblemException unseen(String namespace) {
        return new ProblemException(Problem.NOT_FOUND, "no namespace " + namespace + " in the caller's scope")
                .at("namespace");
    }
}
