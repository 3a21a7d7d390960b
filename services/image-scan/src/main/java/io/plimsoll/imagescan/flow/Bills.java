package io.plimsoll.imagescan.flow;

import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.kept.KeptReport;
import io.plimsoll.scanning.kept.KeptReportReader;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.sbom.BillOfMaterials;
import io.plimsoll.scanning.sbom.BillReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bills of materials that somebody puts: taken instead of reading the layers, and never in the place of layers that were read. */
@ApplicationScoped
public class Bills {

    private static final long BYTES_MAX = 7 << 20;
    private static final int PROBLEMS_MAX = 20;

    /** Keeps them. */
    public interface Store {
        /**
         * False when the image's layers were read: what is seen stands before what is said.
         *
         * @param missing the first part of it that could not be read; empty when all could
         * @param bill where it is from
         */
        boolean put(String digest, String platform, byte[] report, String missing, String bill, Instant when);
    }

    /** What became of one. */
    public record Put(int packages, String origin, List<String> problems) {}

    private final Store store;
    private final ImageScanConfig config;
    private final Clock clock;

    Bills(Store store, ImageScanConfig config, Clock clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /** @throws ProblemException when it cannot be read, or the image's layers were */
    public Put put(String digest, byte[] bytes, String who) {
        try {
            BillOfMaterials bill = BillReader.read(new ByteArrayInputStream(bytes), BYTES_MAX);
            if (bill.packages().isEmpty()) {
                throw new ProblemException(Problem.UNPROCESSABLE, "the bill names no package").at("bill");
            }
            ImageReport report = report(bill.asReport(), digest, who);
            byte[] kept = KeptReport.write(report);
            KeptReportReader.read(kept);
            String missing = bill.problems().stream().findFirst().orElse("");
            if (!store.put(digest, config.platform(), kept, missing, report.origin(), clock.instant())) {
                throw new ProblemException(
                        Problem.CONFLICT, "the layers of this image were read: no bill is taken instead of them");
            }
            return new Put(
                    bill.packages().size(),
                    report.origin(),
                    bill.problems().stream().limit(PROBLEMS_MAX).toList());
        } catch (MalformedDocument e) {
            throw new ProblemException(Problem.UNPROCESSABLE, String.valueOf(e.getMessage()), e).at("bill");
        } catch (IOException e) {
            throw new ProblemException(Problem.UNPROCESSABLE, "it cannot be read", e).at("bill");
        }
    }

    private static ImageReport report(ImageReport read, String digest, String who) {
        Catalogue catalogue = read.catalogue();
        return new ImageReport(
                read.origin() + ", put by " + who,
                read.name(),
                Optional.of(Digest.of(digest)),
                read.config(),
                read.lineage(),
                read.layers(),
                catalogue,
                read.secrets(),
                read.configuration());
    }
}
