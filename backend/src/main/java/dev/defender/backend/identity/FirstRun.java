/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a new backend needs before anyone can speak to it: a cluster, and tokens in files that only the backend's
 * user can read. On a later start it replaces what is missing or over, and nothing else.
 */
public final class FirstRun {
    private static final Duration API_TOKEN_LIFETIME = Duration.ofDays(365);
    private static final Duration ENROLMENT_TOKEN_LIFETIME = Duration.ofDays(30);

    private final Identities identities;
    private final Path directory;

    /** @param directory of the token files */
    public FirstRun(Identities identities, Path directory) {
        this.identities = identities;
        this.directory = directory;
    }

    public void complete() throws IOException, IdentityUnavailableException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (identities.clusters().isEmpty()) {
            Cluster cluster = new Cluster(UUID.randomUUID().toString(), "default", now());
            identities.change(
                    new Change.ClusterAdded(cluster), Origin.BACKEND, "cluster.create", cluster.id(), cluster.name());
        }
        for (Role role : Role.values()) {
            apiToken(role);
        }
        enrolmentToken(identities.clusters().getFirst());
    }

    private void apiToken(Role role) throws IOException, IdentityUnavailableException {
        Path file = directory.resolve(role.label());
        String stored = read(file);
        ApiToken known = stored == null ? null : identities.registry().apiToken(Secrets.hash(stored));
        if (known != null && now().isBefore(known.expiresAt())) {
            return;
        }
        String secret = Secrets.mint(Secrets.API_PREFIX);
        ApiToken token = new ApiToken(
                UUID.randomUUID().toString(),
                "first-run-" + role.label(),
                role,
                Secrets.hash(secret),
                now(),
                now().plus(API_TOKEN_LIFETIME));
        identities.change(
                new Change.ApiTokenAdded(token),
                Origin.BACKEND,
                "api-token.create",
                token.id(),
                "role " + role.label() + ", until " + token.expiresAt());
        write(file, secret);
    }

    private void enrolmentToken(Cluster cluster) throws IOException, IdentityUnavailableException {
        Path file = directory.resolve("enrolment");
        String stored = read(file);
        EnrolmentToken known = stored == null ? null : identities.registry().enrolmentToken(Secrets.hash(stored));
        if (known != null && known.validAt(now())) {
            return;
        }
        String secret = new Administration(identities)
                .mintEnrolmentToken(cluster.id(), ENROLMENT_TOKEN_LIFETIME, Origin.BACKEND)
                .orElseThrow()
                .secret();
        write(file, secret);
    }

    private static @Nullable String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : null;
    }

    private static void write(Path file, String secret) throws IOException {
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "." + file.getFileName(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, secret + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Instant now() {
        return identities.clock().instant();
    }
}
