package io.plimsoll.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.RequestScanRequest;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.MessageJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks for an image to be read soon. */
@Path("/api/v1/images:scan")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "images")
public class ImageScansResource {

    private static final int BODY_BYTES_MAX = 8_192;
    private static final JsonFactory JSON = new JsonFactory();

    private final Questions questions;

    ImageScansResource(Questions questions) {
        this.questions = questions;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "requestScan",
            summary = "Reads {\"reference\": \"...\"}, an image or a known digest, before what is not exposed")
    public Response ask(InputStream body) throws IOException {
        RequestScanRequest question = RequestScanRequest.newBuilder()
                .setReference(Asked.text("reference", reference(body)))
                .build();
        var image = questions
                .ask(Upstream.IMAGE_SCAN, ImageServiceGrpc.getRequestScanMethod(), question)
                .getImage();
        return Response.accepted(JsonText.of(json -> MessageJson.message(json, image)))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static String reference(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new ProblemException(Problem.TOO_LARGE, "more than an image was sent")
                    .over(BODY_BYTES_MAX + " bytes");
        }
        String reference = "";
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (json.nextToken() != JsonToken.VALUE_STRING || !name.equals("reference")) {
                    throw malformed();
                }
                reference = json.getText();
            }
        } catch (JsonProcessingException e) {
            throw malformed();
        }
        if (reference.isEmpty()) {
            throw malformed();
        }
        return reference;
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.MALFORMED, "the body is {\"reference\": \"an image\"}").at("reference");
    }
}
