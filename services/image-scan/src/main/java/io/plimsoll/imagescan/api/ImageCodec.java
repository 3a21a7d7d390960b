package io.plimsoll.imagescan.api;

import com.google.protobuf.Timestamp;
import io.plimsoll.api.images.v1.Image;
import io.plimsoll.api.images.v1.Package;
import io.plimsoll.api.images.v1.ScanState;
import io.plimsoll.api.images.v1.SeverityCounts;
import io.plimsoll.api.images.v1.Vulnerability;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.imagescan.flow.ImageQuestions;
import io.plimsoll.imagescan.flow.NotRead;
import io.plimsoll.imagescan.flow.Row;
import io.plimsoll.imagescan.flow.Weakness;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.wire.KernelCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is told, in the words of the contract. */
final class ImageCodec {

    private ImageCodec() {}

    static Image toWire(Row row) {
        Image.Builder image = Image.newBuilder()
                .setReference(row.asked().reference())
                .setPlatform(row.asked().platform())
                .setDigest(row.digest())
                .setState(state(row))
                .setProblem(problem(row))
                .setReason(row.scanned().isPresent() ? "" : row.reason())
                .setDoubt(row.doubt())
                .setOrigin(row.origin())
                .setAccess(row.access())
                .setSignature(row.signature())
                .setPolicy(row.governed())
                .setBill(row.bill())
                .setUsers(row.users());
        row.scanned().ifPresent(when -> image.setScanned(toWire(when)));
        row.matched()
                .ifPresent(when -> image.setMatched(toWire(when))
                        .setVulnerabilities(SeverityCounts.newBuilder()
                                .setCritical(row.counts().critical())
                                .setHigh(row.counts().high())
                                .setMedium(row.counts().medium())
                                .setLow(row.counts().low())
                                .setFixable(row.counts().fixable())));
        return image.build();
    }

    private static ScanState state(Row row) {
        if (row.scanned().isPresent()) {
            return row.missing().isEmpty() ? ScanState.SCAN_STATE_COMPLETE : ScanState.SCAN_STATE_INCOMPLETE;
        }
        if (row.reason().isEmpty() || row.reason().equals(NotRead.PENDING.slug())) {
            return ScanState.SCAN_STATE_PENDING;
        }
        return row.digest().isEmpty() ? ScanState.SCAN_STATE_UNRESOLVED : ScanState.SCAN_STATE_FAILED;
    }

    private static String problem(Row row) {
        if (row.scanned().isPresent() && !row.missing().isEmpty()) {
            return row.missing();
        }
        if (row.reason().equals(NotRead.NO_CONNECTOR.slug()) && row.detail().isEmpty()) {
            return "no registry of that name is connected";
        }
        return row.detail();
    }

    /** One a place, in the order of purl, then path. */
    static List<Package> packages(ImageReport report) {
        List<Package> packages = new ArrayList<>();
        for (var found : report.catalogue().packages()) {
            for (Occurrence place : found.occurrences()) {
                boolean layered =
                        place.layer() >= 0 && place.layer() < report.layers().size();
                packages.add(Package.newBuilder()
                        .setPurl(found.purl().toString())
                        .setPath(place.path())
                        .setLayer(layered ? report.layers().get(place.layer()) : "")
                        .setEvidence(
                                place.evidence().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .build());
            }
        }
        return packages;
    }

    static Vulnerability toWire(Weakness weakness, ImageQuestions.Answer answer) {
        Vulnerability.Builder wire = Vulnerability.newBuilder()
                .setId(weakness.id())
                .addAllAliases(weakness.aliases())
                .setPurl(weakness.purl())
                .setFixedVersion(weakness.fixedIn())
                .setKnownExploited(weakness.isExploited())
                .setVendorDisputed(weakness.isSetAside())
                .setNote(weakness.note());
        weakness.severity().ifPresent(severity -> wire.setSeverity(KernelCodec.toWire(severity)));
        Optional.ofNullable(answer.firstSeen().get(weakness.id())).ifPresent(when -> wire.setFirstSeen(toWire(when)));
        return wire.build();
    }

    static io.plimsoll.api.images.v1.Weakness toWire(ImageQuestions.Had had) {
        io.plimsoll.api.images.v1.Weakness.Builder wire = io.plimsoll.api.images.v1.Weakness.newBuilder()
                .setApplication(KernelCodec.toWire(ScopeKey.parse(
                        "application/" + had.cluster() + "/" + had.namespace() + "/" + had.application())))
                .setId(had.vulnerability())
                .setFirstSeen(toWire(had.firstSeen()));
        had.fixed().ifPresent(when -> wire.setFixed(toWire(when)));
        return wire.build();
    }

    static Timestamp toWire(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
