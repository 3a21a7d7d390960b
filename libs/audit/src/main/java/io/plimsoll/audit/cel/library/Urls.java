package io.plimsoll.audit.cel.library;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;

/** {@code url('https://example.com')}: KEP-2876, since the beginning. */
final class Urls {

    private static final Parameter<Url> URL = Parameter.opaque("kubernetes.URL", Url.class);

    private Urls() {}

    static FunctionLibrary library() {
        return FunctionLibrary.builder()
                .global("url", "string_to_url", URL.type(), Parameter.STRING, Url::parse)
                .global("isURL", "is_url_string", SimpleType.BOOL, Parameter.STRING, Url::isUrl)
                .member("getScheme", "url_get_scheme", SimpleType.STRING, URL, Url::scheme)
                .member("getHost", "url_get_host", SimpleType.STRING, URL, Url::host)
                .member("getHostname", "url_get_hostname", SimpleType.STRING, URL, Url::hostname)
                .member("getPort", "url_get_port", SimpleType.STRING, URL, Url::port)
                .member("getEscapedPath", "url_get_escaped_path", SimpleType.STRING, URL, Url::escapedPath)
                .member(
                        "getQuery",
                        "url_get_query",
                        MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
                        URL,
                        Url::queryValues)
                .build();
    }
}
