/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Bearer secrets: 256 random bits behind a prefix by which a scanner finds a leaked one. A plain SHA-256 is enough to
 * keep them by, since nobody can guess 256 bits.
 */
final class Secrets {
    static final String API_PREFIX = "dfdapi_";
    static final String ENROLMENT_PREFIX = "dfdenr_";

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String mint(String prefix) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** The form in which a secret is stored and looked up. */
    static String hash(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
