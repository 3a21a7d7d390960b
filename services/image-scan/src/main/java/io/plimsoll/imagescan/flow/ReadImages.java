package io.plimsoll.imagescan.flow;

import io.plimsoll.assessment.image.ImageStanding.Answer;
import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.connector.Connectors;
import io.plimsoll.imagescan.flow.ReadingQueue.Claim;
import io.plimsoll.imagescan.flow.ReadingQueue.Resolved;
import io.plimsoll.imagescan.flow.ReadingQueue.Turn;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.Credentials;
import io.plimsoll.registry.RegistryClient;
import io.plimsoll.registry.RegistryProblem;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.image.MalformedImage;
import io.plimsoll.scanning.kept.KeptReport;
import io.plimsoll.scanning.kept.KeptReportReader;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import io.plimsoll.scanning.trust.Endorsement;
import io.plimsoll.scanning.trust.Provenance;
import io.plimsoll.scanning.trust.Trust;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of the queue: a reference is resolved, who may pull it and who vouches for it is asked, and the image it leads to is read, unless it was
 * read before, under whatever name. Any number of threads.
 */
@ApplicationScoped
public class ReadImages {

    private static final Logger LOG = LoggerFactory.getLogger(ReadImages.class);
    private static final Duration BUSY = Duration.ofSeconds(5);
    /** Beside the reading itself: manifests, signatures. */
    private static final Duration ASKING = Duration.ofMinutes(10);

    /** Pull secrets named in a reason. */
    private static final int NAMED_MAX = 3;

    private final ReadingQueue queue;
    private final Connectors connectors;
    private final ImageScanConfig config;
    private final Clock clock;
    private final RegistryPolicies policies;

    ReadImages(
            ReadingQueue queue, Connectors connectors, RegistryPolicies policies, ImageScanConfig config, Clock clock) {
        this.queue = queue;
        this.connectors = connectors;
        this.policies = policies;
        this.config = config;
        this.clock = clock;
    }

    /** False when nothing waits. */
    public boolean next(RegistryClient client, RegistryClient anonymous) {
        Optional<Turn> turn = queue.next(config.readMax().plus(ASKING));
        turn.ifPresent(each -> take(each, client, anonymous));
        return turn.isPresent();
    }

    private void take(Turn turn, RegistryClient client, RegistryClient anonymous) {
        ImageReference reference = ImageReference.of(turn.asked().reference());
        if (!connectors.reaches(reference)) {
            fail(turn, Optional.empty(), NotRead.NO_CONNECTOR, "no registry " + reference.registry() + " is connected");
            return;
        }
        List<String> named = connectors.usesPullSecrets() && !connectors.hasOwn(reference.registry())
                ? queue.secrets(turn.asked())
                : List.of();
        Optional<Credentials.Login> theirs = login(reference.registry(), named);
        if (theirs.isEmpty()) {
            take(turn, reference, client, anonymous, named);
            return;
        }
        try (RegistryClient with = connectors.client(reference.registry(), theirs.get())) {
            take(turn, reference, with, anonymous, List.of());
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a client could not be closed");
        }
    }

    /** The first of them that knows the registry. */
    private Optional<Credentials.Login> login(String registry, List<String> named) {
        return connectors
                .pullSecrets()
                .flatMap(secrets -> named.stream()
                        .flatMap(name -> secrets.of(name).stream())
                        .flatMap(held -> Optional.ofNullable(held.logins().get(registry)).stream())
                        .findFirst());
    }

    /** @param missing pull secrets that would be needed, and were not given */
    private void take(
            Turn turn,
            ImageReference reference,
            RegistryClient client,
            RegistryClient anonymous,
            List<String> missing) {
        Optional<String> digest = Optional.empty();
        try {
            Platform platform = Platform.of(turn.asked().platform());
            RegistryClient.Pulled pulled = client.pull(reference, platform, ImageLimits.DEFAULT);
            String found = pulled.image()
                    .digest()
                    .orElseThrow(() -> new MalformedImage("a manifest without a digest"))
                    .toString();
            digest = Optional.of(found);
            Claim claim = queue.claim(
                    found,
                    turn.asked().platform(),
                    reference.name(),
                    config.readMax().plus(ASKING));
            if (claim == Claim.TAKEN) {
                queue.later(turn.asked(), clock.instant().plus(BUSY));
                return;
            }
            Resolved resolved = resolved(client, anonymous, reference, pulled, found);
            if (claim == Claim.MINE) {
                read(found, pulled);
            }
            queue.done(turn.asked(), resolved, clock.instant().plus(every(reference)));
        } catch (RegistryProblem e) {
            if (e.reason() == RegistryProblem.Reason.UNAUTHORIZED && !missing.isEmpty()) {
                fail(
                        turn,
                        digest,
                        NotRead.PULL_SECRET_MISSING,
                        "none of the pull secrets its workloads name was given, or knows its registry: "
                                + missing.stream().limit(NAMED_MAX).collect(Collectors.joining(", ")));
                return;
            }
            fail(turn, digest, NotRead.of(e.reason()), String.valueOf(e.getMessage()));
        } catch (MalformedImage | MalformedDocument e) {
            fail(turn, digest, NotRead.MALFORMED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail(turn, digest, NotRead.UNEXPECTED_ANSWER, "it could not be read to its end");
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("reference", turn.asked().reference())
                    .log("reading an image failed");
            fail(turn, digest, NotRead.INTERNAL, "reading it failed here");
        }
    }

    private void read(String digest, RegistryClient.Pulled pulled) throws IOException {
        long deadline = System.nanoTime() + config.readMax().toNanos();
        ImageScan scan =
                new ImageScan(ImageLimits.DEFAULT, () -> System.nanoTime() - deadline > 0, ArchiveIndex.NONE, true);
        ImageReport report = scan.read(pulled.image());
        byte[] kept = KeptReport.write(report);
        // What cannot be read back would be matched never: better refused now.
        KeptReportReader.read(kept);
        String missing = report.catalogue().incomplete().stream()
                .findFirst()
                .map(Incompleteness::toString)
                .orElse("");
        queue.read(
                digest,
                kept,
                missing,
                origin(report.lineage().source(), report.lineage().revision()),
                clock.instant());
    }

    private Resolved resolved(
            RegistryClient client,
            RegistryClient anonymous,
            ImageReference reference,
            RegistryClient.Pulled pulled,
            String digest)
            throws IOException {
        Answer signature = new Answer.Open("nobody is trusted to sign: no key and no identity is configured");
        String provenance = "";
        try {
            List<Digest> subjects = Stream.concat(pulled.image().digest().stream(), Stream.of(pulled.root()))
                    .toList();
            List<Endorsement> endorsements = new Trust(connectors.keys(), connectors.keyless(), subjects)
                    .judge(client.attached(reference, pulled, ImageLimits.DEFAULT)
                            .attachments());
            if (connectors.trustsSomebody()) {
                signature = signature(endorsements);
            }
            provenance = provenance(endorsements);
        } catch (RegistryProblem e) {
            signature = new Answer.Open("its signatures cannot be asked for: " + e.getMessage());
        }
        RegistryPolicies.Said said = policies.of(client, anonymous, reference, digest);
        Answer access = said.access(access(anonymous, reference, digest));
        return new Resolved(digest, access, signature, provenance, said.says());
    }

    private static Answer signature(List<Endorsement> endorsements) {
        return endorsements.stream()
                .filter(one -> one.kind() == Endorsement.Kind.SIGNATURE)
                .map(Endorsement::standing)
                .filter(Endorsement.Verified.class::isInstance)
                .map(Endorsement.Verified.class::cast)
                .findFirst()
                .<Answer>map(verified -> new Answer.Yes("signed by " + verified.key()))
                .orElseGet(() -> new Answer.No("nobody trusted signed"));
    }

    /** Signed provenance before what is only claimed. */
    private static String provenance(List<Endorsement> endorsements) {
        return Stream.of(true, false)
                .flatMap(verified -> endorsements.stream()
                        .filter(one -> one.isVerified() == verified)
                        .flatMap(one -> one.provenance().stream())
                        .map(one -> said(one, verified)))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String said(Provenance provenance, boolean verified) {
        String origin = origin(provenance.source(), provenance.revision());
        return origin.isEmpty() ? "" : origin + (verified ? ", provenance signed" : ", provenance claimed");
    }

    /** Both are needed: a repository without the commit leads to no source. */
    private static String origin(String source, String revision) {
        return source.isEmpty() || revision.isEmpty() ? "" : "built from " + source + " at " + revision;
    }

    /** Whether somebody without a credential gets it. */
    private Answer access(RegistryClient anonymous, ImageReference reference, String digest) {
        if (connectors.mirrored(reference)) {
            return new Answer.Open("a mirror is asked in the place of " + reference.registry());
        }
        try {
            anonymous.pull(ImageReference.of(reference.name() + "@" + digest), Platform.DEFAULT, ImageLimits.DEFAULT);
            return new Answer.No("anybody can pull from " + reference.registry());
        } catch (RegistryProblem e) {
            return switch (e.reason()) {
                case UNAUTHORIZED, FORBIDDEN, NOT_FOUND ->
                    new Answer.Yes(reference.registry() + " gives it to nobody without a credential");
                case ADDRESS_REFUSED,
                        UNREACHABLE,
                        RATE_LIMITED,
                        CREDENTIALS_REFUSED,
                        REDIRECT_REFUSED,
                        UNEXPECTED_ANSWER ->
                    new Answer.Open("whether pulling needs a credential is not known: " + e.getMessage());
            };
        } catch (IOException e) {
            // It was given out, whatever it is.
            return new Answer.No("anybody can pull from " + reference.registry());
        }
    }

    private Duration every(ImageReference reference) {
        return reference.digest().isEmpty() ? config.tagsEvery() : config.digestsEvery();
    }

    private void fail(Turn turn, Optional<String> digest, NotRead reason, String detail) {
        Duration pause = config.pauseMin().multipliedBy(1L << Math.min(turn.attempts(), 20));
        Duration most = pause.compareTo(config.pauseMax()) > 0 ? config.pauseMax() : pause;
        Instant again = clock.instant().plus(most);
        queue.failed(turn.asked(), digest, reason, detail, again);
        LOG.atInfo()
                .addKeyValue("reference", turn.asked().reference())
                .addKeyValue("reason", reason.slug())
                .addKeyValue("again", again)
                .log("image not read");
    }
}
