package io.plimsoll.sensing;

import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.sensing.stream.ListReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Objects for tests. */
public final class Objects {

    private Objects() {}

    public static Value.Obj json(String json) {
        try {
            return ListReader.object(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectKey key(int number) {
        return new ObjectKey("", "Service", "shop", "s" + number);
    }

    /** A service whose content follows from a number. */
    public static Sighting service(int number, long resourceVersion, int content) {
        String json = "{\"metadata\":{\"name\":\"s" + number + "\",\"namespace\":\"shop\",\"resourceVersion\":\""
                + resourceVersion + "\"},\"spec\":{\"port\":" + content + "}}";
        return Stripping.of(json(json), "", "v1", "Service", true).orElseThrow();
    }
}
