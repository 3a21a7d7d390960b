package io.plimsoll.assessment.image;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectKind;
import java.util.List;

/** What is asked of images that only their contents, their registry or a scanner can answer (stage-gates 4, S2.scan, S3.blocked, S3.trace, S5.signed). */
public final class ImageControls {

    public static final Control SCANNED = new Control(
            "image-scanned",
            "An image was looked through within the last 7 days",
            SubjectKind.IMAGE,
            EvidenceClass.EXTERNAL,
            Severity.MEDIUM,
            "Connect the image's registry and import current feeds, or let a scanner report on it.",
            List.of("L25.4"));
    public static final Control CRITICALS_BLOCKED = new Control(
            "image-criticals-blocked",
            "No critical weakness with a fix stays in an image for more than 30 days",
            SubjectKind.IMAGE,
            EvidenceClass.EXTERNAL,
            Severity.HIGH,
            "Build the image anew with the fixed package, or take a fixed base image.",
            List.of("L27.4"));
    public static final Control TRACEABLE = new Control(
            "image-traceable",
            "An image leads back to the source it was built from",
            SubjectKind.IMAGE,
            EvidenceClass.EXTERNAL,
            Severity.LOW,
            "Set the labels org.opencontainers.image.source and .revision when building, or attach provenance.",
            List.of("L27.4"));
    public static final Control SIGNATURE_VERIFIED = new Control(
            "image-signature-verified",
            "An image is signed by a trusted key",
            SubjectKind.IMAGE,
            EvidenceClass.EXTERNAL,
            Severity.MEDIUM,
            "Sign the image with a key that is trusted, or trust the key it was signed with.",
            List.of("L31.4"));

    /**
     * Whether pulling needs a credential: measured by whoever asks the registry without one, and never a finding of its own. Together with who
     * approved the registry it answers {@code image-approved-registry} (ADR 0010).
     */
    public static final String PULL_NEEDS_CREDENTIAL = "image-pull-needs-credential";

    /**
     * Whether it is settled who may pull and push where the image comes from: measured of registries, never a finding of its own. Of all application
     * images together it answers {@code registry-access-governed} of the organisation.
     */
    public static final String ACCESS_GOVERNED = "image-access-governed";

    private ImageControls() {}

    /** Those that are findings by themselves. */
    public static List<Control> all() {
        return List.of(SCANNED, CRITICALS_BLOCKED, TRACEABLE, SIGNATURE_VERIFIED);
    }
}
