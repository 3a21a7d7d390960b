package io.plimsoll.registry;

import io.plimsoll.registry.RegistryProblem.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/** One request at a time, no redirect followed, no cookie kept, no content decoded; addresses by {@link AddressRules}. */
final class Http implements AutoCloseable {

    private final CloseableHttpClient client;

    Http(RegistryOptions options, AddressRules addresses) {
        Timeout timeout = Timeout.of(options.timeout());
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(Authorities.strategy(options.authorities()))
                        .setDnsResolver(addresses)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .setConnectionFactory(
                                org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory.builder()
                                        .http1Config(Http1Config.custom()
                                                .setMaxHeaderCount(100)
                                                .setMaxLineLength(16 << 10)
                                                .build())
                                        .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .setUserAgent("plimsoll")
                .build();
    }

    /** An answer whose body is open until it is closed. */
    record Answer(int status, Map<String, String> headers, InputStream body, URI from) implements AutoCloseable {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * Asks once.
     *
     * @throws RegistryProblem ADDRESS_REFUSED or UNREACHABLE
     */
    Answer get(URI from, Map<String, String> headers) throws IOException {
        return ask("GET", from, headers);
    }

    /** As {@link #get}, with another method and no body. */
    Answer ask(String method, URI from, Map<String, String> headers) throws IOException {
        if (from.getHost() == null || from.getUserInfo() != null) {
            throw new RegistryProblem(Reason.REDIRECT_REFUSED, "not an address of a registry");
        }
        HttpUriRequestBase request = new HttpUriRequestBase(method, from);
        headers.forEach(request::setHeader);
        try {
            ClassicHttpResponse response = client.executeOpen(HttpHost.create(from), request, null);
            Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Header header : response.getHeaders()) {
                received.putIfAbsent(header.getName(), header.getValue() == null ? "" : header.getValue());
            }
            HttpEntity entity = response.getEntity();
            InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
            return new Answer(response.getCode(), received, new Body(content, request, response), from);
        } catch (IOException e) {
            if (AddressRules.isRefusal(e)) {
                throw new RegistryProblem(
                        Reason.ADDRESS_REFUSED,
                        from.getHost()
                                + " has an address that is not public; name it as a private registry if it is one");
            }
            throw new RegistryProblem(
                    Reason.UNREACHABLE,
                    from.getHost() + " cannot be reached: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** Closing before the end drops the connection: the library would read the rest of the blob otherwise. */
    private static final class Body extends FilterInputStream {
        private final HttpUriRequestBase request;
        private final ClassicHttpResponse response;
        private boolean ended;

        Body(InputStream in, HttpUriRequestBase request, ClassicHttpResponse response) {
            super(in);
            this.request = request;
            this.response = response;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            ended |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            int count = in.read(into, start, length);
            ended |= count < 0;
            return count;
        }

        @Override
        public void close() {
            if (!ended) {
                request.abort();
            }
            try {
                response.close();
            } catch (IOException e) {
                // The connection is gone, which is all that closing wants.
            }
        }
    }
}
