package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.sbom.BillOfMaterials;

/**
 * A bill of materials attached to an image.
 *
 * @param from where it was found
 * @param standing whether a given key vouches for it
 */
public record AttachedBill(BillOfMaterials bill, String from, Endorsement.Standing standing) {

    /** How it came, for people. */
    public String how() {
        return "attached (" + from + "), "
                + switch (standing) {
                    case Endorsement.Verified verified -> "signed by " + verified.key();
                    case Endorsement.Unverified unverified -> "unverified: " + unverified.why();
                };
    }
}
