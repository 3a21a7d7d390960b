package io.plimsoll.gateway.api;

import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who am I, as the token says. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "session")
public class SessionResource {

    private final Callers callers;

    SessionResource(Callers callers) {
        this.callers = callers;
    }

    @GET
    @Operation(operationId = "getSession", summary = "The caller's name, roles and teams")
    public Response session() {
        Caller caller = callers.caller();
        List<String> roles = caller.roles().stream().map(Role::slug).sorted().toList();
        return Answers.ok(JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("name", caller.name());
            json.writeArrayFieldStart("roles");
            for (String role : roles) {
                json.writeString(role);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("teams");
            for (String team : caller.teams().stream().sorted().toList()) {
                json.writeString(team);
            }
            json.writeEndArray();
            json.writeBooleanField("seesAll", caller.seesAll());
            json.writeEndObject();
        }));
    }
}
