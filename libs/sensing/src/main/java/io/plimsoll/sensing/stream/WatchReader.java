package io.plimsoll.sensing.stream;

import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Events of a watch, as they come. */
public final class WatchReader implements AutoCloseable {

    private final ObjectReader reader;

    public WatchReader(InputStream in) throws IOException {
        this.reader = new ObjectReader(in);
    }

    /**
     * Waits for the next event.
     *
     * @return empty at the end of the stream
     * @throws IOException when the stream breaks, or is no watch
     */
    public Optional<WatchEvent> next() throws IOException {
        JsonToken token = reader.parser().nextToken();
        if (token == null) {
            return Optional.empty();
        }
        if (token != JsonToken.START_OBJECT || !(reader.next() instanceof Value.Obj event)) {
            throw new IOException("not an event: an object is expected");
        }
        Value.Obj object = event.at("object") instanceof Value.Obj obj ? obj : new Value.Obj(java.util.Map.of(), 0);
        return Optional.of(
                switch (event.text("type")) {
                    case "ADDED", "MODIFIED" -> new WatchEvent.Present(object, reader.whole());
                    case "DELETED" -> new WatchEvent.Gone(object);
                    case "BOOKMARK" ->
                        new WatchEvent.Bookmark(object.at("metadata").text("resourceVersion"));
                    case "ERROR" -> failed(object);
                    // A status by itself, in place of an event: whoever stands in front of the server gave up.
                    case "" -> event.text("kind").equals("Status") ? failed(event) : new WatchEvent.Unknown("");
                    case String other -> new WatchEvent.Unknown(other);
                });
    }

    /** A {@code Status} as an event or an answer tells it. */
    public static WatchEvent.Failed failed(Value status) {
        return new WatchEvent.Failed((int) status.at("code").integer().orElse(0), status.text("message"), (int)
                status.at("details", "retryAfterSeconds").integer().orElse(0));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
