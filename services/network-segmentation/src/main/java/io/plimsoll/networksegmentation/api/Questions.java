package io.plimsoll.networksegmentation.api;

import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.ListExposuresRequest;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.flow.Explain;
import io.plimsoll.networksegmentation.flow.ListExposures;
import io.plimsoll.networksegmentation.flow.Overlay;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is asked, read from the contract's words; whatever cannot be read is a problem that names the field. */
final class Questions {

    private static final int EXPLANATIONS_DEFAULT = 20;
    private static final int EXPLANATIONS_MAX = 50;
    private static final int OVERLAY_BYTES_MAX = 4 << 20;
    private static final int OVERLAY_FILES_MAX = 1_000;
    private static final int REMOVALS_MAX = 1_000;
    private static final int FILE_CHARS_MAX = 1_024;

    private Questions() {}

    /** How many explanations a page holds: each may be long. */
    static int explanations(int asked) {
        if (asked < 0 || asked > EXPLANATIONS_MAX) {
            throw new ProblemException(
                            Problem.MALFORMED, "a page of " + Integer.toUnsignedString(asked) + " is too long")
                    .at("page_size")
                    .over(EXPLANATIONS_MAX + " a page");
        }
        return asked == 0 ? EXPLANATIONS_DEFAULT : asked;
    }

    static Explain.End end(Asked asked, Endpoint wire, String field) {
        return switch (wire.getEndCase()) {
            case WORKLOAD -> new Explain.End.OfWorkload(asked.workload(wire.getWorkload(), field));
            case ADDRESS ->
                new Explain.End.Outside(Address.parse(wire.getAddress())
                        .map(address -> new AddressRange(address, address))
                        .orElseThrow(() -> malformed("not an address: " + wire.getAddress(), field)));
            case CIDR ->
                new Explain.End.Outside(AddressRange.ofCidr(wire.getCidr())
                        .orElseThrow(() -> malformed("not a CIDR: " + wire.getCidr(), field)));
            case INGRESS_CONTROLLER -> new Explain.End.Controllers();
            case CLASS_NUMBER, SPAN, ABSENT_PODS, END_NOT_SET ->
                throw malformed("an end is a workload, an address, a cidr or the ingress controller", field);
        };
    }

    /** @throws ProblemException unless one end is a workload and the other may stand where it stands */
    static void onePair(Explain.End source, Explain.End destination) {
        if (destination instanceof Explain.End.Controllers) {
            throw malformed("ingress controllers are known as a source only", "destination");
        }
        if (!(source instanceof Explain.End.OfWorkload) && !(destination instanceof Explain.End.OfWorkload)) {
            throw malformed("one end has to be a workload: policies of pods say nothing of others", "destination");
        }
    }

    static ListExposures.Question exposures(Asked asked, ListExposuresRequest request) {
        Optional<ResourceId> workload = request.hasWorkload()
                ? Optional.of(asked.workload(request.getWorkload(), "workload"))
                : Optional.empty();
        Optional<Direction> direction =
                switch (request.getDirection()) {
                    case DIRECTION_UNSPECIFIED -> Optional.empty();
                    case DIRECTION_INGRESS -> Optional.of(Direction.INGRESS);
                    case DIRECTION_EGRESS -> Optional.of(Direction.EGRESS);
                    case UNRECOGNIZED ->
                        throw malformed("not a direction: " + request.getDirectionValue(), "direction");
                };
        return new ListExposures.Question(request.getNamespace(), workload, direction);
    }

    static Overlay overlay(io.plimsoll.api.whatif.v1.Overlay wire) {
        if (wire.getFilesCount() > OVERLAY_FILES_MAX) {
            throw tooLarge("an overlay of " + wire.getFilesCount() + " files", OVERLAY_FILES_MAX + " files");
        }
        if (wire.getRemovalsCount() > REMOVALS_MAX) {
            throw tooLarge("an overlay of " + wire.getRemovalsCount() + " removals", REMOVALS_MAX + " removals");
        }
        long bytes = wire.getFilesList().stream()
                .mapToLong(file -> file.getContent().size())
                .sum();
        if (bytes > OVERLAY_BYTES_MAX) {
            throw tooLarge("an overlay of " + bytes + " bytes", OVERLAY_BYTES_MAX + " bytes");
        }
        List<Overlay.File> files = new ArrayList<>();
        wire.getFilesList().forEach(file -> {
            if (file.getFile().length() > FILE_CHARS_MAX) {
                throw tooLarge("the name of a file", FILE_CHARS_MAX + " characters");
            }
            files.add(new Overlay.File(file.getFile(), file.getContent().toByteArray()));
        });
        if (files.isEmpty() && wire.getRemovalsCount() == 0) {
            throw malformed("an overlay holds files or removals", "overlay");
        }
        return new Overlay(files, removals(wire), wire.getNamespace());
    }

    private static List<ResourceId> removals(io.plimsoll.api.whatif.v1.Overlay wire) {
        List<ResourceId> removals = new ArrayList<>();
        for (ResourceIdentity removal : wire.getRemovalsList()) {
            boolean here =
                    removal.getCluster().isEmpty() || removal.getCluster().equals(wire.getCluster());
            if (!here || removal.getKind().isEmpty() || removal.getName().isEmpty()) {
                throw malformed("a removal names kind and name of an object of the same cluster", "overlay.removals");
            }
            removals.add(new ResourceId(
                    wire.getCluster(),
                    removal.getGroup(),
                    removal.getKind(),
                    removal.getNamespace(),
                    removal.getName()));
        }
        return removals;
    }

    private static ProblemException malformed(String detail, String field) {
        return new ProblemException(Problem.MALFORMED, detail).at(field);
    }

    private static ProblemException tooLarge(String what, String limit) {
        return new ProblemException(Problem.TOO_LARGE, what + " is too large")
                .at("overlay")
                .over(limit);
    }
}
