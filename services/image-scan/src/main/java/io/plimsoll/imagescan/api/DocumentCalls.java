package io.plimsoll.imagescan.api;

import io.plimsoll.api.images.v1.DeleteVexDocumentResponse;
import io.plimsoll.api.images.v1.ListVexDocumentsRequest;
import io.plimsoll.api.images.v1.ListVexDocumentsResponse;
import io.plimsoll.api.images.v1.PutBillRequest;
import io.plimsoll.api.images.v1.PutBillResponse;
import io.plimsoll.api.images.v1.PutVexDocumentRequest;
import io.plimsoll.api.images.v1.PutVexDocumentResponse;
import io.plimsoll.api.images.v1.VexDocument;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.imagescan.flow.Bills;
import io.plimsoll.imagescan.flow.Statements;
import io.plimsoll.imagescan.flow.VexStore;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Documents of others that are put here. What they say holds for every team, so only who is trusted with all of them puts any. */
@ApplicationScoped
class DocumentCalls {

    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,99}";
    private static final int BYTES_MAX = 7 << 20;

    private final Statements statements;
    private final VexStore store;
    private final Bills bills;

    DocumentCalls(Statements statements, VexStore store, Bills bills) {
        this.statements = statements;
        this.store = store;
        this.bills = bills;
    }

    private static void mayPut(Caller caller) {
        caller.require(Role.SECURITY, Role.ADMIN, Role.SERVICE);
    }

    private static String name(String written) {
        if (!written.matches(NAME)) {
            throw new ProblemException(
                            Problem.MALFORMED, "a name is 1 to 100 of a to z, 0 to 9, dot, hyphen and underscore")
                    .at("name");
        }
        return written;
    }

    private static byte[] bounded(com.google.protobuf.ByteString bytes) {
        if (bytes.size() > BYTES_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, "the document is too large").over(BYTES_MAX + " bytes");
        }
        return bytes.toByteArray();
    }

    PutVexDocumentResponse put(Caller caller, PutVexDocumentRequest request) {
        mayPut(caller);
        return PutVexDocumentResponse.newBuilder()
                .setDocument(
                        toWire(statements.put(name(request.getName()), bounded(request.getDocument()), caller.name())))
                .build();
    }

    DeleteVexDocumentResponse delete(Caller caller, String name) {
        mayPut(caller);
        if (!store.delete(name(name))) {
            throw new ProblemException(Problem.NOT_FOUND, "no VEX document " + name);
        }
        return DeleteVexDocumentResponse.getDefaultInstance();
    }

    ListVexDocumentsResponse list(Caller caller, ListVexDocumentsRequest request) {
        mayPut(caller);
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question("vex");
        List<VexStore.Kept> all =
                store.list(PageToken.read(request.getPageToken(), question).text(0), size + 1);
        ListVexDocumentsResponse.Builder response = ListVexDocumentsResponse.newBuilder();
        all.stream().limit(size).forEach(each -> response.addDocuments(toWire(each)));
        if (all.size() > size) {
            response.setNextPageToken(
                    PageToken.of(question, "", all.get(size - 1).name()));
        }
        return response.build();
    }

    PutBillResponse put(Caller caller, PutBillRequest request) {
        mayPut(caller);
        if (!request.getDigest().matches("sha256:[0-9a-f]{64}")) {
            throw new ProblemException(Problem.MALFORMED, "a digest is sha256: and 64 hex digits").at("digest");
        }
        Bills.Put put = bills.put(request.getDigest(), bounded(request.getBill()), caller.name());
        return PutBillResponse.newBuilder()
                .setPackages(put.packages())
                .setOrigin(put.origin())
                .addAllProblems(put.problems())
                .build();
    }

    private static VexDocument toWire(VexStore.Kept kept) {
        return VexDocument.newBuilder()
                .setName(kept.name())
                .setSource(kept.source())
                .setStatements(kept.statements())
                .setPut(ImageCodec.toWire(kept.put()))
                .addAllProblems(kept.problems())
                .build();
    }
}
