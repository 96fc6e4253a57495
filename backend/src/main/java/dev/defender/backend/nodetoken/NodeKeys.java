/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.nodetoken;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster's issuer and the public keys by which it signs ServiceAccount tokens. Immutable. */
public final class NodeKeys {
    private static final int MAX_KEYS = 32;
    private static final int MAX_ISSUER = 512;
    private static final int MIN_RSA_BITS = 2048;

    private final String issuer;
    private final JWKSet keys;

    private NodeKeys(String issuer, JWKSet keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    /**
     * @param issuer claim "iss" of the cluster's tokens
     * @param jwks JSON Web Key Set as the API server has it under /openid/v1/jwks; every key must be usable here
     */
    public static NodeKeys of(String issuer, String jwks) throws BadNodeKeysException {
        if (issuer.isBlank() || issuer.length() > MAX_ISSUER || issuer.chars().anyMatch(c -> c <= ' ')) {
            throw new BadNodeKeysException(
                    "issuer must be 1 to " + MAX_ISSUER
                            + " characters without spaces; it is \"issuer\" in the cluster's /.well-known/openid-configuration");
        }
        List<JWK> keys = new ArrayList<>();
        for (Map<String, Object> json : members(jwks)) {
            JWK key = key(json, "jwks.keys[" + keys.size() + "]");
            if (keys.stream().anyMatch(other -> other.getKeyID().equals(key.getKeyID()))) {
                throw new BadNodeKeysException("jwks has two keys with kid " + Printable.of(key.getKeyID()));
            }
            keys.add(key);
        }
        return new NodeKeys(issuer, new JWKSet(keys));
    }

    private static List<Map<String, Object>> members(String jwks) throws BadNodeKeysException {
        try {
            Map<String, Object>[] members = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(jwks), "keys");
            if (members != null && members.length > 0 && members.length <= MAX_KEYS) {
                return List.of(members);
            }
        } catch (ParseException notASet) {
            // Answered below, like a set without keys.
        }
        throw new BadNodeKeysException("jwks must be {\"keys\": [...]} with 1 to " + MAX_KEYS
                + " keys, as the cluster's /openid/v1/jwks has it");
    }

    private static JWK key(Map<String, Object> json, String where) throws BadNodeKeysException {
        JWK key;
        try {
            key = JWK.parse(json);
        } catch (ParseException e) {
            throw new BadNodeKeysException(where + " is not a key that is known here");
        }
        if (key.isPrivate()) {
            throw new BadNodeKeysException(
                    where + " holds a secret; send public keys only, and take this one for known to others");
        }
        String id = key.getKeyID();
        if (id == null || id.isBlank()) {
            throw new BadNodeKeysException(where + " has no kid");
        }
        boolean rsa = key instanceof RSAKey && key.size() >= MIN_RSA_BITS;
        boolean p256 = key instanceof ECKey curve && Curve.P_256.equals(curve.getCurve());
        boolean signs = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        if (!signs || !(rsa || p256)) {
            throw new BadNodeKeysException(where + " (kid " + Printable.of(id) + ") cannot be used; RSA keys from "
                    + MIN_RSA_BITS + " bits and P-256 keys for signatures can");
        }
        return key;
    }

    public String issuer() {
        return issuer;
    }

    /** The set in JSON, without anything secret. */
    public String jwks() {
        return keys.toString(true);
    }

    /** In the order in which they came. */
    public List<String> keyIds() {
        return keys.getKeys().stream().map(JWK::getKeyID).toList();
    }

    /** @return null = the set has no such key */
    @Nullable
    JWK key(String id) {
        return keys.getKeyByKeyId(id);
    }

    /** Whether both say the same. */
    public boolean same(NodeKeys other) {
        return issuer.equals(other.issuer) && jwks().equals(other.jwks());
    }
}
