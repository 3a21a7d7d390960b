package io.plimsoll.endtoend;

import io.restassured.response.Response;
import java.util.TreeMap;

/** What all tests of this JVM have uploaded to the one platform: the organisation is judged by all of it. */
final class Uploaded {

    private static final Estate ESTATE = new Estate();

    private Uploaded() {}

    static Estate estate() {
        return ESTATE;
    }

    /**
     * Uploads and remembers.
     *
     * @return the revision at which it is in force
     */
    static String put(Client client, Estate.Upload upload) {
        Response answer = client.upload(upload.cluster(), upload.source(), upload.namespace(), upload.files());
        String revision = Client.revision(answer);
        ESTATE.put(upload);
        return revision;
    }

    /** One file as an upload. */
    static Estate.Upload file(String cluster, String yaml) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("all.yaml", Uploads.bytes(yaml));
        return new Estate.Upload(cluster, "files", "", files);
    }
}
