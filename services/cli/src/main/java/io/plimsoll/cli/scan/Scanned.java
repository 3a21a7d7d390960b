package io.plimsoll.cli.scan;

import io.plimsoll.scanning.ImageReport;
import java.util.Optional;

/**
 * What was asked of the command and is known.
 *
 * @param answered empty when nothing was matched
 * @param endorsed empty when nobody asked who vouches for the image
 */
record Scanned(ImageReport report, Optional<Answered> answered, Optional<Endorsed> endorsed) {}
