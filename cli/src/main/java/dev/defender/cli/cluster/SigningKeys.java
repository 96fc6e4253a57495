/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.cli.kube.KubeApi;
import dev.defender.cli.kube.KubeOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The keys by which a cluster signs ServiceAccount tokens: from the cluster itself, or from a file. */
final class SigningKeys {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/openid/v1/jwks";

    @Mixin
    KubeOptions cluster;

    @Option(names = "--jwks", paramLabel = "FILE", description = "the cluster's " + KEYS + ", instead of asking it")
    @Nullable
    Path jwks;

    @Option(names = "--issuer", paramLabel = "URL", description = "issuer of its tokens; goes with --jwks")
    @Nullable
    String issuer;

    /** @param issuer claim "iss" of the tokens. @param jwks JSON Web Key Set */
    record Keys(String issuer, JsonNode jwks) {}

    SigningKeys(KubeOptions cluster) {
        this.cluster = cluster;
    }

    Keys read(Terminal terminal) throws Failure {
        if ((jwks == null) != (issuer == null)) {
            throw Failure.usage("--jwks=FILE and --issuer=URL go together");
        }
        return jwks == null || issuer == null ? ask(cluster.open(terminal)) : new Keys(issuer, parse(jwks));
    }

    private static JsonNode parse(Path file) throws Failure {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw Failure.usage("--jwks " + file + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Failure.file("cannot read --jwks " + file, e);
        }
    }

    private static Keys ask(KubeApi api) throws Failure {
        String issuer = get(api, DISCOVERY).path("issuer").asText();
        JsonNode keys = get(api, KEYS);
        if (issuer.isEmpty() || !keys.has("keys")) {
            throw Failure.failed("the cluster does not tell its issuer and keys under " + DISCOVERY + " and " + KEYS
                    + "; get them by other means and give --issuer and --jwks");
        }
        return new Keys(issuer, keys);
    }

    private static JsonNode get(KubeApi api, String path) throws Failure {
        KubeApi.Reply reply = api.get(path);
        if (!reply.good()) {
            throw Failure.failed("the cluster does not let us read " + path + " (" + reply.status() + "): "
                    + reply.message() + "; the ClusterRole system:service-account-issuer-discovery allows it");
        }
        return reply.body();
    }
}
