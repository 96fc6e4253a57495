/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import dev.defender.cli.tls.PemFile;
import dev.defender.cli.tls.PrivateKeys;
import dev.defender.cli.tls.TlsContexts;
import dev.defender.cli.web.Addresses;
import dev.defender.cli.web.ProxySettings;
import dev.defender.cli.web.Web;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** As much of a kubeconfig as needs no other program: a server, its CA, and a client certificate or token. */
final class Kubeconfig {
    private static final String NEEDS_KUBECTL = "; put kubectl on the PATH, it can";

    private final Path file;
    private final Map<?, ?> root;

    private Kubeconfig(Path file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
    }

    static Kubeconfig read(Path file) throws Failure {
        try {
            Object root = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            if (root instanceof Map<?, ?> map) {
                return new Kubeconfig(file, map);
            }
        } catch (IOException e) {
            throw Failure.file("cannot read the kubeconfig " + file, e);
        } catch (YamlEngineException e) {
            // Not with the parser's words: it shows the line, which may be a key.
        }
        throw Failure.usage(file + " is no kubeconfig");
    }

    KubeApi connect(@Nullable String chosen, Terminal terminal) throws Failure {
        String context = chosen == null ? text(root, "current-context") : chosen;
        if (context == null || context.isEmpty()) {
            throw Failure.usage(file + " has no current-context; give --context=NAME");
        }
        Map<?, ?> entry = named("contexts", context, "context");
        Map<?, ?> cluster = named("clusters", require(entry, "cluster", "context " + context), "cluster");
        String userName = text(entry, "user");
        Map<?, ?> user = userName == null ? Map.of() : named("users", userName, "user");
        refuse(cluster, "insecure-skip-tls-verify", "has insecure-skip-tls-verify; give the cluster's CA instead");
        refuse(cluster, "tls-server-name", "has tls-server-name, which is not read here" + NEEDS_KUBECTL);
        refuse(cluster, "proxy-url", "has a proxy-url, which is not read here" + NEEDS_KUBECTL);
        refuse(user, "exec", "logs in by another program, which is not run from here" + NEEDS_KUBECTL);
        refuse(user, "auth-provider", "logs in by an auth-provider" + NEEDS_KUBECTL);

        String ca = content(cluster, "certificate-authority");
        List<X509Certificate> trusted = ca == null
                ? List.of()
                : PemFile.of(file + ": certificate-authority", ca).certificates();
        Web web = new Web(
                Addresses.https(file + ": server", require(cluster, "server", "cluster")),
                "the API server",
                tls(trusted, user),
                ProxySettings.from(terminal.environment()));
        String token = content(user, "token");
        return new DirectApi(web, token == null ? null : token.strip());
    }

    private SSLContext tls(List<X509Certificate> trusted, Map<?, ?> user) throws Failure {
        String certificate = content(user, "client-certificate");
        String key = content(user, "client-key");
        if (certificate == null || key == null) {
            return TlsContexts.trusting(trusted);
        }
        PrivateKey privateKey = PrivateKeys.read(file + ": client-key", key);
        List<X509Certificate> chain =
                PemFile.of(file + ": client-certificate", certificate).certificates();
        return TlsContexts.withClientKey(trusted, privateKey, chain);
    }

    private Map<?, ?> named(String list, String name, String kind) throws Failure {
        if (root.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                    return map.get(kind) instanceof Map<?, ?> value ? value : Map.of();
                }
            }
        }
        throw Failure.usage(file + " has no " + kind + " named " + name);
    }

    private void refuse(Map<?, ?> map, String key, String why) throws Failure {
        Object value = map.get(key);
        if (value != null && !value.equals(false)) {
            throw Failure.usage(file + " " + why);
        }
    }

    private String require(Map<?, ?> map, String key, String where) throws Failure {
        String value = text(map, key);
        if (value == null) {
            throw Failure.usage(file + ": " + where + " has no " + key);
        }
        return value;
    }

    private static @Nullable String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : null;
    }

    /** Inline, base64 in KEY-data, or in the file that KEY (for a token: tokenFile) names. */
    private @Nullable String content(Map<?, ?> map, String key) throws Failure {
        boolean token = key.equals("token");
        String inline = text(map, token ? key : key + "-data");
        if (inline != null) {
            try {
                return token ? inline : new String(Base64.getMimeDecoder().decode(inline), StandardCharsets.ISO_8859_1);
            } catch (IllegalArgumentException e) {
                throw Failure.usage(file + ": " + key + "-data is not base64");
            }
        }
        String name = text(map, token ? "tokenFile" : key);
        if (name == null) {
            return null;
        }
        Path named = file.toAbsolutePath().resolveSibling(name);
        try {
            return Files.readString(named, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Failure.file("cannot read " + named + ", which " + file + " names", e);
        }
    }
}
