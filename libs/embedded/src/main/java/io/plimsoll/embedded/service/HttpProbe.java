package io.plimsoll.embedded.service;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether an address answers 200. */
public final class HttpProbe {

    private static final int TIMEOUT_MILLIS = 2_000;

    private HttpProbe() {}

    public static boolean answers(URI address) {
        try {
            // The plain client: a readiness question needs no connection pool and no threads.
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
