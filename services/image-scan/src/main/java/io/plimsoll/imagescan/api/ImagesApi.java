package io.plimsoll.imagescan.api;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.images.v1.DeleteVexDocumentRequest;
import io.plimsoll.api.images.v1.DeleteVexDocumentResponse;
import io.plimsoll.api.images.v1.GetBillRequest;
import io.plimsoll.api.images.v1.GetBillResponse;
import io.plimsoll.api.images.v1.GetFeedRequest;
import io.plimsoll.api.images.v1.GetFeedResponse;
import io.plimsoll.api.images.v1.GetImageRequest;
import io.plimsoll.api.images.v1.GetImageResponse;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListBaseImagesRequest;
import io.plimsoll.api.images.v1.ListBaseImagesResponse;
import io.plimsoll.api.images.v1.ListImagesRequest;
import io.plimsoll.api.images.v1.ListImagesResponse;
import io.plimsoll.api.images.v1.ListPackagesRequest;
import io.plimsoll.api.images.v1.ListPackagesResponse;
import io.plimsoll.api.images.v1.ListVexDocumentsRequest;
import io.plimsoll.api.images.v1.ListVexDocumentsResponse;
import io.plimsoll.api.images.v1.ListVulnerabilitiesRequest;
import io.plimsoll.api.images.v1.ListVulnerabilitiesResponse;
import io.plimsoll.api.images.v1.ListWeaknessesRequest;
import io.plimsoll.api.images.v1.ListWeaknessesResponse;
import io.plimsoll.api.images.v1.Package;
import io.plimsoll.api.images.v1.PutBillRequest;
import io.plimsoll.api.images.v1.PutBillResponse;
import io.plimsoll.api.images.v1.PutVexDocumentRequest;
import io.plimsoll.api.images.v1.PutVexDocumentResponse;
import io.plimsoll.api.images.v1.RequestScanRequest;
import io.plimsoll.api.images.v1.RequestScanResponse;
import io.plimsoll.api.images.v1.ScanState;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.Severity;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Callers;
import io.plimsoll.imagescan.flow.Asked;
import io.plimsoll.imagescan.flow.BaseQuestions;
import io.plimsoll.imagescan.flow.FeedAge;
import io.plimsoll.imagescan.flow.ImageQuestions;
import io.plimsoll.imagescan.flow.RequestScan;
import io.plimsoll.imagescan.flow.Row;
import io.plimsoll.imagescan.flow.Sight;
import io.plimsoll.imagescan.flow.Weakness;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.wire.KernelCodec;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What is known of images. A caller of a team sees the images their team runs, with its own containers counted; an image that nobody of theirs runs is
 * not there.
 */
@GrpcService
@Blocking
public class ImagesApi extends ImageServiceGrpc.ImageServiceImplBase {

    private static final String DIGEST = "sha(256|512):[0-9a-f]{64,128}";

    private final ImageQuestions questions;
    private final BaseQuestions bases;
    private final RequestScan scans;
    private final DocumentCalls documents;
    private final FeedAge feeds;
    private final Callers callers;

    ImagesApi(
            ImageQuestions questions,
            BaseQuestions bases,
            RequestScan scans,
            DocumentCalls documents,
            FeedAge feeds,
            Callers callers) {
        this.questions = questions;
        this.bases = bases;
        this.scans = scans;
        this.documents = documents;
        this.feeds = feeds;
        this.callers = callers;
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        observer.onNext(work.get());
        observer.onCompleted();
    }

    static Sight sight(Caller caller) {
        return new Sight(caller.seesAll(), caller.visibleTeams());
    }

    /** Two callers who see different things never share a token. */
    private static String question(Caller caller, Object... fields) {
        return PageToken.question(fields)
                + (caller.seesAll() ? "all" : new TreeSet<>(caller.visibleTeams()).toString());
    }

    @Override
    public void listImages(ListImagesRequest request, StreamObserver<ListImagesResponse> observer) {
        answer(observer, () -> {
            Caller caller = callers.caller();
            int size = PageToken.size(request.getPageSize());
            Optional<ScopeKey> scope = scope(request.hasScope(), request.getScope());
            String state = state(request.getState());
            String question = question(caller, "images", scope, state);
            PageToken token = PageToken.read(request.getPageToken(), question);
            List<Row> rows =
                    questions.rows(sight(caller), scope, state, new Asked(token.text(0), token.text(1)), size + 1);
            ListImagesResponse.Builder response = ListImagesResponse.newBuilder();
            rows.stream().limit(size).forEach(row -> response.addImages(ImageCodec.toWire(row)));
            if (rows.size() > size) {
                Asked last = rows.get(size - 1).asked();
                response.setNextPageToken(PageToken.of(question, "", last.reference(), last.platform()));
            }
            return response.build();
        });
    }

    private static String state(ScanState state) {
        return switch (state) {
            case SCAN_STATE_UNSPECIFIED -> "";
            case SCAN_STATE_PENDING,
                    SCAN_STATE_COMPLETE,
                    SCAN_STATE_INCOMPLETE,
                    SCAN_STATE_FAILED,
                    SCAN_STATE_UNRESOLVED ->
                state.name().substring("SCAN_STATE_".length()).toLowerCase(Locale.ROOT);
            case UNRECOGNIZED -> throw new ProblemException(Problem.MALFORMED, "not a state").at("state");
        };
    }

    private static Optional<ScopeKey> scope(boolean there, ScopeRef scope) {
        try {
            return there ? Optional.of(KernelCodec.fromWire(scope)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.MALFORMED, String.valueOf(e.getMessage()), e).at("scope");
        }
    }

    @Override
    public void getImage(GetImageRequest request, StreamObserver<GetImageResponse> observer) {
        answer(
                observer,
                () -> GetImageResponse.newBuilder()
                        .setImage(ImageCodec.toWire(row(request.getDigest())))
                        .build());
    }

    /** @throws ProblemException where the caller may not see it, or nobody ever saw it */
    private Row row(String digest) {
        if (!digest.matches(DIGEST)) {
            throw new ProblemException(Problem.MALFORMED, "a digest is sha256: and 64 hex digits").at("digest");
        }
        return questions
                .row(sight(callers.caller()), digest)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no image " + digest));
    }

    private ImageReport report(String digest) {
        Row row = row(digest);
        return questions
                .report(digest)
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND,
                        "the image was not read yet: " + (row.reason().isEmpty() ? "it waits" : row.reason())));
    }

    @Override
    public void listPackages(ListPackagesRequest request, StreamObserver<ListPackagesResponse> observer) {
        answer(observer, () -> {
            int size = PageToken.size(request.getPageSize());
            String question = question(callers.caller(), "packages", request.getDigest());
            int skip = PageToken.read(request.getPageToken(), question).index(0);
            List<Package> packages = ImageCodec.packages(report(request.getDigest()));
            ListPackagesResponse.Builder response = ListPackagesResponse.newBuilder()
                    .addAllPackages(packages.stream().skip(skip).limit(size).toList());
            if (packages.size() - size > skip) {
                response.setNextPageToken(PageToken.of(question, "", skip + size));
            }
            return response.build();
        });
    }

    @Override
    public void listVulnerabilities(
            ListVulnerabilitiesRequest request, StreamObserver<ListVulnerabilitiesResponse> observer) {
        answer(observer, () -> {
            int size = PageToken.size(request.getPageSize());
            String question = question(
                    callers.caller(),
                    "vulnerabilities",
                    request.getDigest(),
                    request.getSeverityAtLeast(),
                    request.getFixableOnly());
            Row row = row(request.getDigest());
            ImageQuestions.Answer known = questions
                    .answer(request.getDigest())
                    .orElseThrow(() -> new ProblemException(
                            Problem.NOT_FOUND,
                            "the image was not matched yet: " + (row.reason().isEmpty() ? "it waits" : row.reason())));
            int skip = PageToken.read(request.getPageToken(), question)
                    .at(known.snapshot())
                    .index(0);
            List<Weakness> wanted = known.weaknesses().stream()
                    .filter(weakness -> isAtLeast(weakness, request.getSeverityAtLeast()))
                    .filter(weakness ->
                            !request.getFixableOnly() || !weakness.fixedIn().isEmpty())
                    .toList();
            ListVulnerabilitiesResponse.Builder response = ListVulnerabilitiesResponse.newBuilder();
            wanted.stream()
                    .skip(skip)
                    .limit(size)
                    .forEach(weakness -> response.addVulnerabilities(ImageCodec.toWire(weakness, known)));
            if (wanted.size() - size > skip) {
                response.setNextPageToken(PageToken.of(question, known.snapshot(), skip + size));
            }
            return response.build();
        });
    }

    /** One without a severity is not known to be less severe, and shown. */
    private static boolean isAtLeast(Weakness weakness, Severity least) {
        if (least == Severity.SEVERITY_UNSPECIFIED || weakness.severity().isEmpty()) {
            return true;
        }
        io.plimsoll.kernel.Severity wanted;
        try {
            wanted = io.plimsoll.kernel.Severity.valueOf(least.name().substring("SEVERITY_".length()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ProblemException(Problem.MALFORMED, "not a severity: " + least, e).at("severity_at_least");
        }
        return weakness.severity().get().compareTo(wanted) <= 0;
    }

    @Override
    public void requestScan(RequestScanRequest request, StreamObserver<RequestScanResponse> observer) {
        answer(
                observer,
                () -> RequestScanResponse.newBuilder()
                        .setImage(ImageCodec.toWire(
                                scans.ask(callers.caller(), sight(callers.caller()), request.getReference())))
                        .build());
    }

    @Override
    public void getBill(GetBillRequest request, StreamObserver<GetBillResponse> observer) {
        answer(
                observer,
                () -> GetBillResponse.newBuilder()
                        .setBill(ByteString.copyFrom(Bill.of(report(request.getDigest()), request.getForm())))
                        .build());
    }

    @Override
    public void listWeaknesses(ListWeaknessesRequest request, StreamObserver<ListWeaknessesResponse> observer) {
        answer(observer, () -> {
            Caller caller = callers.caller();
            int size = PageToken.size(request.getPageSize());
            Optional<ScopeKey> scope = scope(request.hasScope(), request.getScope());
            String question = question(caller, "weaknesses", scope, request.getIncludeFixed());
            PageToken token = PageToken.read(request.getPageToken(), question);
            List<ImageQuestions.Had> all = questions.weaknesses(
                    sight(caller),
                    scope,
                    request.getIncludeFixed(),
                    new ImageQuestions.Had(
                            token.text(0),
                            token.text(1),
                            token.text(2),
                            token.text(3),
                            Instant.EPOCH,
                            Optional.empty()),
                    size + 1);
            ListWeaknessesResponse.Builder response = ListWeaknessesResponse.newBuilder();
            all.stream().limit(size).forEach(had -> response.addWeaknesses(ImageCodec.toWire(had)));
            if (all.size() > size) {
                ImageQuestions.Had last = all.get(size - 1);
                response.setNextPageToken(PageToken.of(
                        question, "", last.cluster(), last.namespace(), last.application(), last.vulnerability()));
            }
            return response.build();
        });
    }

    @Override
    public void listBaseImages(ListBaseImagesRequest request, StreamObserver<ListBaseImagesResponse> observer) {
        answer(observer, () -> {
            Caller caller = callers.caller();
            int size = PageToken.size(request.getPageSize());
            Optional<ScopeKey> scope = scope(request.hasScope(), request.getScope());
            String question = question(caller, "bases", scope);
            PageToken token = PageToken.read(request.getPageToken(), question);
            return BasesCodec.page(bases.bases(sight(caller), scope), question, token, size);
        });
    }

    @Override
    public void putVexDocument(PutVexDocumentRequest request, StreamObserver<PutVexDocumentResponse> observer) {
        answer(observer, () -> documents.put(callers.caller(), request));
    }

    @Override
    public void deleteVexDocument(
            DeleteVexDocumentRequest request, StreamObserver<DeleteVexDocumentResponse> observer) {
        answer(observer, () -> documents.delete(callers.caller(), request.getName()));
    }

    @Override
    public void listVexDocuments(ListVexDocumentsRequest request, StreamObserver<ListVexDocumentsResponse> observer) {
        answer(observer, () -> documents.list(callers.caller(), request));
    }

    @Override
    public void putBill(PutBillRequest request, StreamObserver<PutBillResponse> observer) {
        answer(observer, () -> documents.put(callers.caller(), request));
    }

    @Override
    public void getFeed(GetFeedRequest request, StreamObserver<GetFeedResponse> observer) {
        answer(observer, () -> {
            callers.caller();
            GetFeedResponse.Builder response = GetFeedResponse.newBuilder()
                    .setAdvisories(feeds.advisories())
                    .setDigest(ByteString.fromHex(feeds.digest()))
                    .setStale(feeds.isStale());
            feeds.made().ifPresent(when -> response.setMade(ImageCodec.toWire(when)));
            feeds.imported().ifPresent(when -> response.setImported(ImageCodec.toWire(when)));
            return response.build();
        });
    }
}
