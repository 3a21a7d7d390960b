package io.plimsoll.sensing.stream;

import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;

/** A page of a list, item by item: no page is ever in memory whole. */
public final class ListReader {

    private ListReader() {}

    /** Takes one item. */
    public interface Items {
        /** @param whole false where it was over the bound: what of it was read before is there */
        void item(Value.Obj object, boolean whole) throws IOException;
    }

    /**
     * What stands around the items.
     *
     * @param resourceVersion from where to watch; empty when none is given
     * @param next token of the next page; empty on the last
     */
    public record Head(String resourceVersion, String next) {}

    /** @throws IOException when the stream breaks, or is no list */
    public static Head read(InputStream in, Items items) throws IOException {
        try (ObjectReader reader = new ObjectReader(in)) {
            if (reader.parser().nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a list: an object is expected");
            }
            Head head = new Head("", "");
            boolean list = false;
            while (reader.token() != JsonToken.END_OBJECT) {
                String key = reader.parser().currentName();
                JsonToken token = reader.token();
                if (key.equals("items") && token == JsonToken.START_ARRAY) {
                    list = true;
                    while (reader.token() != JsonToken.END_ARRAY) {
                        if (reader.next() instanceof Value.Obj object) {
                            items.item(object, reader.whole());
                        }
                    }
                } else {
                    Value value = reader.next();
                    // A server writes null for no items.
                    list |= key.equals("items") && !value.present();
                    if (key.equals("metadata")) {
                        head = new Head(value.text("resourceVersion"), value.text("continue"));
                    }
                }
            }
            if (!list) {
                throw new IOException("not a list: it has no items");
            }
            return head;
        }
    }

    /** One JSON object, for instance a status or a document of discovery. */
    public static Value.Obj object(InputStream in) throws IOException {
        try (ObjectReader reader = new ObjectReader(in)) {
            if (reader.parser().nextToken() == JsonToken.START_OBJECT && reader.next() instanceof Value.Obj object) {
                return object;
            }
            throw new IOException("an object is expected");
        }
    }

    /**
     * One object of a kind.
     *
     * @return whether it was read whole
     */
    public static boolean object(InputStream in, Items items) throws IOException {
        try (ObjectReader reader = new ObjectReader(in)) {
            if (reader.parser().nextToken() != JsonToken.START_OBJECT || !(reader.next() instanceof Value.Obj object)) {
                throw new IOException("an object is expected");
            }
            items.item(object, reader.whole());
            return reader.whole();
        }
    }
}
