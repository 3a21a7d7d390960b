package io.plimsoll.cli.scan;

import io.plimsoll.scanning.trust.Endorsement;
import java.util.List;

/**
 * What is attached to an image, judged.
 *
 * @param keyed keys were given, one of which must have signed it
 * @param asked the registry answered; else nothing is known
 * @param problems what could not be read
 */
record Endorsed(List<Endorsement> endorsements, boolean keyed, boolean asked, List<String> problems) {
    Endorsed {
        endorsements = List.copyOf(endorsements);
        problems = List.copyOf(problems);
    }

    boolean isSigned() {
        return endorsements.stream().anyMatch(one -> one.kind() == Endorsement.Kind.SIGNATURE && one.isVerified());
    }
}
