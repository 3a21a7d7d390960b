package io.plimsoll.imagescan.api;

import io.plimsoll.api.images.v1.BillForm;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.sbom.CycloneDx;
import io.plimsoll.scanning.sbom.Spdx;
import io.plimsoll.scanning.sbom.Spdx3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** A bill of materials of what was read, dated by the image, so that it is the same bytes each time. */
final class Bill {

    private static final int BYTES_MAX = 12 << 20;

    private Bill() {}

    static byte[] of(ImageReport report, BillForm form) {
        ByteArrayOutputStream out = new Bounded();
        Instant made = report.lineage().created().orElse(Instant.EPOCH);
        try {
            switch (form) {
                case BILL_FORM_UNSPECIFIED, BILL_FORM_CYCLONEDX -> CycloneDx.write(report, Optional.empty(), out);
                case BILL_FORM_SPDX -> Spdx.write(report, Optional.empty(), made, out);
                case BILL_FORM_SPDX3 -> Spdx3.write(report, Optional.empty(), made, out);
                case UNRECOGNIZED -> throw new ProblemException(Problem.MALFORMED, "not a form of a bill").at("form");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int value) {
            bound(1);
            super.write(value);
        }

        @Override
        public synchronized void write(byte[] bytes, int start, int length) {
            bound(length);
            super.write(bytes, start, length);
        }

        private void bound(int more) {
            if (size() + more > BYTES_MAX) {
                throw new ProblemException(Problem.TOO_LARGE, "the bill of materials is too large to be sent")
                        .over(BYTES_MAX + " bytes");
            }
        }
    }
}
