package io.plimsoll.assessment.image;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Evidence of one container's image. What depends on how long ago something was carries the moment instead of a verdict, see {@link
 * DatedEvidence}: the same inputs give the same evidence on every day.
 */
public final class ImageEvidence {

    private static final String IMAGE = "image";

    private ImageEvidence() {}

    /** @param reference as asked of the registry */
    public static List<Evidence> of(Subject subject, String reference, ImageStanding standing) {
        return switch (standing) {
            case ImageStanding.NotConnected none -> List.of();
            case ImageStanding.Unresolved(String why) ->
                unknown(subject, Reason.UNRESOLVED_TAG, reference + ": " + why);
            case ImageStanding.Pending(String why) -> unknown(subject, Reason.SCAN_PENDING, reference + ": " + why);
            case ImageStanding.Failed(String why) -> unknown(subject, Reason.SCAN_FAILED, reference + ": " + why);
            case ImageStanding.Read read -> read(subject, reference, read);
        };
    }

    private static List<Evidence> unknown(Subject subject, Reason reason, String message) {
        return Stream.concat(
                        ImageControls.all().stream().map(control -> control.id()),
                        Stream.of(ImageControls.PULL_NEEDS_CREDENTIAL, ImageControls.ACCESS_GOVERNED))
                .map(control -> Evidence.unknown(control, subject.id(), reason, message, subject.source()))
                .toList();
    }

    private static List<Evidence> read(Subject subject, String reference, ImageStanding.Read read) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(scanned(subject, read));
        evidence.add(criticals(subject, read));
        evidence.add(
                read.origin().isEmpty()
                        ? fail(
                                subject,
                                ImageControls.TRACEABLE.id(),
                                reference,
                                "names neither the source nor the revision it was built from, and no provenance is attached")
                        : pass(subject, ImageControls.TRACEABLE.id(), read.origin()));
        evidence.add(answer(subject, ImageControls.SIGNATURE_VERIFIED.id(), reference, read.signature()));
        evidence.add(answer(subject, ImageControls.PULL_NEEDS_CREDENTIAL, reference, read.access()));
        evidence.add(governed(subject, read.said().governed()));
        return evidence;
    }

    /** What was looked through here stands before what a registry's scanner says it looked through. */
    private static Evidence scanned(Subject subject, ImageStanding.Read read) {
        if (read.doubt().isEmpty()) {
            return DatedEvidence.scanned(subject, read.matched(), "its packages were compared with feeds");
        }
        return read.said()
                .report()
                .map(report -> DatedEvidence.scanned(subject, report.when(), report.by() + " looked through it"))
                .orElseGet(() -> doubtful(
                        subject, ImageControls.SCANNED.id(), read.doubt().get()));
    }

    /** What was found stands whatever else is not known; where nothing was found for certain, the registry's word counts. */
    private static Evidence criticals(Subject subject, ImageStanding.Read read) {
        String control = ImageControls.CRITICALS_BLOCKED.id();
        if (read.critical().isPresent()) {
            ImageStanding.Critical critical = read.critical().get();
            return DatedEvidence.critical(subject, critical.vulnerability(), critical.since());
        }
        if (read.doubt().isEmpty()) {
            return pass(subject, control, "no critical weakness with a fix is known");
        }
        ImageStanding.RegistrySays said = read.said();
        if (said.report().isPresent() && said.report().get().criticals() > 0) {
            // Since when its fix is known is not told.
            return doubtful(subject, control, read.doubt().get());
        }
        if (!said.blocking().isEmpty()) {
            return pass(subject, control, said.blocking());
        }
        return said.report()
                .map(report -> pass(subject, control, report.by() + " names no critical weakness"))
                .orElseGet(() -> doubtful(subject, control, read.doubt().get()));
    }

    private static Evidence doubtful(Subject subject, String control, ImageStanding.Doubt doubt) {
        Reason reason =
                switch (doubt) {
                    case ImageStanding.Doubt.Feeds feeds -> Reason.FEED_STALE;
                    case ImageStanding.Doubt.Parts parts -> Reason.PARTIAL_ANALYSIS;
                };
        return Evidence.unknown(control, subject.id(), reason, doubt.why(), subject.source());
    }

    private static Evidence answer(Subject subject, String control, String reference, ImageStanding.Answer answer) {
        return switch (answer) {
            case ImageStanding.Answer.Yes(String how) -> pass(subject, control, how);
            case ImageStanding.Answer.No(String how) -> fail(subject, control, reference, how);
            case ImageStanding.Answer.Open(String how) ->
                Evidence.unknown(control, subject.id(), Reason.NEEDS_CONNECTOR, how, subject.source());
        };
    }

    private static Evidence governed(Subject subject, ImageStanding.Answer answer) {
        return switch (answer) {
            case ImageStanding.Answer.Yes(String how) -> pass(subject, ImageControls.ACCESS_GOVERNED, how);
            case ImageStanding.Answer.No(String how) ->
                Evidence.fail(
                        ImageControls.ACCESS_GOVERNED,
                        subject.id(),
                        Reason.SEEN_AND_WRONG,
                        IMAGE,
                        "",
                        how,
                        subject.source());
            case ImageStanding.Answer.Open(String how) ->
                Evidence.unknown(
                        ImageControls.ACCESS_GOVERNED, subject.id(), Reason.NEEDS_CONNECTOR, how, subject.source());
        };
    }

    private static Evidence pass(Subject subject, String control, String message) {
        return Evidence.pass(control, subject.id(), message, subject.source());
    }

    private static Evidence fail(Subject subject, String control, String reference, String message) {
        return Evidence.fail(
                control,
                subject.id(),
                Reason.SEEN_AND_WRONG,
                IMAGE,
                reference,
                "container " + subject.id().container() + " runs an image that " + message,
                subject.source());
    }
}
