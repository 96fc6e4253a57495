/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.backend;

import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import dev.defender.cli.tls.PemFile;
import dev.defender.cli.tls.TlsContexts;
import dev.defender.cli.web.Addresses;
import dev.defender.cli.web.ProxySettings;
import dev.defender.cli.web.Web;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the backend is and who asks; each option has a variable of the environment that stands in for it. */
public final class BackendOptions {
    @Option(names = "--backend", paramLabel = "URL", description = "address of the backend (or DEFENDER_BACKEND)")
    @Nullable
    String backend;

    @Option(names = "--ca", paramLabel = "FILE", description = "CA of the backend, PEM (or DEFENDER_CA)")
    @Nullable
    Path ca;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file with the API token (or DEFENDER_TOKEN_FILE)")
    @Nullable
    Path tokenFile;

    public URI address(Terminal terminal) throws Failure {
        String address = backend == null ? terminal.variable("DEFENDER_BACKEND") : backend;
        if (address.isEmpty()) {
            throw Failure.usage("--backend=https://host:port is needed (or DEFENDER_BACKEND)");
        }
        return Addresses.https("--backend", address);
    }

    /** Whether the backend's address is given at all. */
    public boolean given(Terminal terminal) {
        return backend != null || !terminal.variable("DEFENDER_BACKEND").isEmpty();
    }

    public PemFile ca(Terminal terminal) throws Failure {
        return PemFile.read("--ca", path(terminal, ca, "--ca", "DEFENDER_CA"));
    }

    public BackendClient client(Terminal terminal) throws Failure {
        URI address = address(terminal);
        Path file = path(terminal, tokenFile, "--token-file", "DEFENDER_TOKEN_FILE");
        String token = token(file);
        Web web = new Web(
                address,
                "the backend",
                TlsContexts.trusting(ca(terminal).certificates()),
                ProxySettings.from(terminal.environment()));
        return new BackendClient(web, token);
    }

    private static String token(Path file) throws Failure {
        try {
            String token = Files.readString(file).strip();
            // What cannot stand in a header must not end up in the message of whoever refuses it.
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw Failure.usage("--token-file " + file + " holds no token");
            }
            return token;
        } catch (IOException e) {
            throw Failure.file("cannot read --token-file " + file, e);
        }
    }

    private static Path path(Terminal terminal, @Nullable Path option, String name, String variable) throws Failure {
        if (option != null) {
            return option;
        }
        if (terminal.variable(variable).isEmpty()) {
            throw Failure.usage(name + "=FILE is needed (or " + variable + ")");
        }
        return Path.of(terminal.variable(variable));
    }
}
