/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.publisher.http.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node is given to reach its backend: address, CA certificates and enrolment token, as files that may change at any
 * time. Either each is named by an option, or all lie in one directory under the names that an onboarding Secret has.
 */
public final class Onboarding {
    private static final String ENDPOINT = "endpoint";
    private static final String CA = "ca.pem";
    private static final String TOKEN = "enrolment-token";
    private static final String CLUSTER = "cluster";

    /** A mounted Secret changes as a whole: kubelet swaps this link, and every key is a link through it. */
    private static final String CURRENT = "..data";

    private static final int MAX_TOKEN_CHARS = 16 * 1024;

    /**
     * What to connect to.
     *
     * @param ca text of the CA file
     * @param caName the CA file as a message names it
     * @param cluster the backend's id of this cluster; empty where it is not told
     */
    record Backend(Endpoint endpoint, String ca, String caName, String cluster) {}

    private final @Nullable Path directory;
    private final @Nullable Endpoint endpoint;
    private final Path ca;
    private final Path token;
    private final @Nullable Path nodeToken;

    private Onboarding(
            @Nullable Path directory, @Nullable Endpoint endpoint, Path ca, Path token, @Nullable Path nodeToken) {
        this.directory = directory;
        this.endpoint = endpoint;
        this.ca = ca;
        this.token = token;
        this.nodeToken = nodeToken;
    }

    /** @param nodeToken what proves the node at enrolment; null where nothing does */
    public static Onboarding files(Endpoint endpoint, Path ca, Path token, @Nullable Path nodeToken) {
        return new Onboarding(null, endpoint, ca, token, nodeToken);
    }

    /** @param nodeToken what proves the node at enrolment; null where nothing does */
    public static Onboarding directory(Path directory, @Nullable Path nodeToken) {
        return new Onboarding(directory, null, directory.resolve(CA), directory.resolve(TOKEN), nodeToken);
    }

    /** Where a valid token belongs. */
    Path tokenFile() {
        return token;
    }

    /** @throws GeneralSecurityException with a message that names the file which cannot be used, and why */
    Backend backend() throws GeneralSecurityException {
        Path from = directory;
        if (from == null) {
            String name = "the CA file --ca=" + ca;
            return new Backend(Objects.requireNonNull(endpoint), read(ca, name), name, "");
        }
        Path now = current(from);
        Path cluster = now.resolve(CLUSTER);
        return new Backend(
                endpoint(now.resolve(ENDPOINT), "the file " + from.resolve(ENDPOINT)),
                read(now.resolve(CA), "the CA file " + ca),
                "the CA file " + ca,
                Files.exists(cluster) ? read(cluster, "the file " + from.resolve(CLUSTER)) : "");
    }

    /** The cluster's enrolment token. */
    String token() throws GeneralSecurityException {
        return token("the token file " + (directory == null ? "--enrol-token-file=" : "") + token, token);
    }

    /** What proves the node, as it is now; empty where nothing does. */
    String nodeToken() throws GeneralSecurityException {
        return nodeToken == null ? "" : token("the file --node-token-file=" + nodeToken, nodeToken);
    }

    private static Path current(Path directory) throws GeneralSecurityException {
        Path link = directory.resolve(CURRENT);
        try {
            // All from one version, even while the next one is put in place.
            return Files.exists(link, LinkOption.NOFOLLOW_LINKS) ? link.toRealPath() : directory;
        } catch (IOException e) {
            throw new GeneralSecurityException("--onboarding=" + directory + " is being replaced", e);
        }
    }

    private static Endpoint endpoint(Path file, String name) throws GeneralSecurityException {
        try {
            return Endpoint.parse(read(file, name));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(name + " holds no address of a backend: " + e.getMessage(), e);
        }
    }

    private static String token(String name, Path file) throws GeneralSecurityException {
        String text = read(file, name);
        for (int i = 0; i < text.length(); i++) {
            // It becomes part of a request: nothing but what a token consists of.
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~' || i > MAX_TOKEN_CHARS) {
                throw new GeneralSecurityException(name + " holds something that is no token");
            }
        }
        return text;
    }

    private static String read(Path file, String name) throws GeneralSecurityException {
        String text;
        try {
            text = Files.readString(file).trim();
        } catch (IOException e) {
            throw new GeneralSecurityException(name + (Files.exists(file) ? " cannot be read" : " does not exist"), e);
        }
        if (text.isEmpty()) {
            throw new GeneralSecurityException(name + " is empty");
        }
        return text;
    }
}
