package io.plimsoll.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tokens as the realm makes them, and such as it would never make (RFC 7519, RFC 8725). */
@Singleton
public final class Tokens {

    static final String ISSUER = "https://issuer.test/realms/plimsoll";

    private final PrivateKey key;
    private final String publicKey;

    Tokens(
            @ConfigProperty(name = "plimsoll.test.key") String key,
            @ConfigProperty(name = "quarkus.oidc.public-key") String publicKey)
            throws GeneralSecurityException {
        this.key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        this.publicKey = publicKey;
    }

    /** A good one. */
    public String of(String role, String... teams) {
        return signed(claims("plimsoll", ISSUER, 300, role, teams), key, "RS256");
    }

    public String forAudience(String audience) {
        return signed(claims(audience, ISSUER, 300, "admin"), key, "RS256");
    }

    public String ofIssuer(String issuer) {
        return signed(claims("plimsoll", issuer, 300, "admin"), key, "RS256");
    }

    public String endingIn(int seconds) {
        return signed(claims("plimsoll", ISSUER, seconds, "admin"), key, "RS256");
    }

    public String ofAnotherKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            PrivateKey other = generator.generateKeyPair().getPrivate();
            return signed(claims("plimsoll", ISSUER, 300, "admin"), other, "RS256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a signature, under any spelling of none. */
    public String unsigned(String algorithm) {
        return head(algorithm) + "." + part(claims("plimsoll", ISSUER, 300, "admin")) + ".";
    }

    /** The public key taken as a shared secret (RFC 8725, section 2.1). */
    public String ofThePublicKeyAsASecret() {
        try {
            String text = head("HS256") + "." + part(claims("plimsoll", ISSUER, 300, "admin"));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(publicKey.getBytes(UTF_8), "HmacSHA256"));
            return text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String changedAfterSigning() {
        List<String> parts = List.of(of("viewer", "shop").split("\\."));
        return parts.get(0) + "." + part(claims("plimsoll", ISSUER, 300, "admin")) + "." + parts.get(2);
    }

    private static String claims(String audience, String issuer, int seconds, String role, String... teams) {
        long now = Instant.now().getEpochSecond();
        String names = Arrays.stream(teams).map(team -> "\"" + team + "\"").collect(Collectors.joining(","));
        return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"1\",\"preferred_username\":\"" + role
                + "-person\",\"iat\":" + (now - 10) + ",\"exp\":" + (now + seconds)
                + ",\"typ\":\"Bearer\",\"roles\":[\""
                + role + "\"],\"teams\":[" + names + "]}";
    }

    private static String signed(String claims, PrivateKey key, String algorithm) {
        try {
            String text = head(algorithm) + "." + part(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(String algorithm) {
        return part("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}");
    }

    private static String part(String json) {
        return base64(json.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
