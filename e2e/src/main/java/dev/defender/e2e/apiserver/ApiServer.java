/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.e2e.stack.Tree;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * etcd and kube-apiserver of the testbed on loopback, with an audit log and without controllers, so that nothing changes
 * but what a test changes. Ends with this process.
 */
public final class ApiServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long STOP_SECONDS = 30;

    private final Path testbed;
    private final Path state;
    private final Process process;
    private final URI uri;

    /** Why there is no API server here; the message is one clause for a person. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String message) {
            super(message);
        }
    }

    private ApiServer(Path testbed, Path state, Process process, URI uri) {
        this.testbed = testbed;
        this.state = state;
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts it and waits until it serves. The first time on a machine this builds it, which takes minutes.
     *
     * @param tree root of the source tree
     * @param state folder to be made; removed by {@link #close}
     */
    public static ApiServer start(Path tree, Path state) throws IOException, Unavailable {
        Path testbed = tree.resolve("e2e/testbed/testbed");
        Path log = state.resolveSibling(state.getFileName() + ".log");
        Process process = new ProcessBuilder(
                        testbed.toString(),
                        "up",
                        "--state",
                        state.toString(),
                        "--apiserver-only",
                        "--audit",
                        "--controllers",
                        "none",
                        "--foreground")
                .redirectError(log.toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                Files.deleteIfExists(log);
                return new ApiServer(testbed, state, process, server(state));
            }
        }
        String said = Files.readString(log).strip();
        Files.deleteIfExists(log);
        throw new Unavailable("no API server: " + said.substring(Math.max(0, said.length() - 500)));
    }

    private static URI server(Path state) throws IOException {
        for (String line : Files.readAllLines(state.resolve("kubeconfig"))) {
            if (line.strip().startsWith("server: ")) {
                return URI.create(line.strip().substring("server: ".length()));
            }
        }
        throw new IOException("the kubeconfig in " + state + " names no server");
    }

    public URI uri() {
        return uri;
    }

    /** Certificate of the server's CA, PEM. */
    public Path ca() throws IOException {
        Path file = state.resolve("ca-of-kubeconfig.pem");
        for (String line : Files.readAllLines(state.resolve("kubeconfig"))) {
            if (line.strip().startsWith("certificate-authority-data: ")) {
                String data = line.strip().substring("certificate-authority-data: ".length());
                Files.write(file, Base64.getDecoder().decode(data));
            }
        }
        return file;
    }

    /** Runs kubectl as administrator and returns what it prints. */
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(testbed.toString(), "kubectl", "--state", state.toString()));
        command.addAll(List.of(arguments));
        Process kubectl = new ProcessBuilder(command).redirectErrorStream(true).start();
        kubectl.getOutputStream().close();
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kubectl.waitFor() != 0) {
            throw new IOException("kubectl " + String.join(" ", arguments) + ": " + output.strip());
        }
        return output;
    }

    /** Makes a service account in kube-system with that cluster role, and returns a token of it. */
    public String account(String name, String clusterRole) throws IOException, InterruptedException {
        kubectl("--namespace=kube-system", "create", "serviceaccount", name);
        kubectl(
                "create",
                "clusterrolebinding",
                name,
                "--clusterrole=" + clusterRole,
                "--serviceaccount=kube-system:" + name);
        return kubectl("--namespace=kube-system", "create", "token", name, "--duration=12h")
                .strip();
    }

    /** What the service account of kube-system asked for, as "VERB RESOURCE.GROUP", or "VERB PATH". */
    public List<String> audited(String account) throws IOException {
        List<String> asked = new ArrayList<>();
        for (String line : Files.readAllLines(state.resolve("log/audit.log"))) {
            JsonNode entry = JSON.readTree(line);
            if (entry.at("/user/username").asText().equals("system:serviceaccount:kube-system:" + account)) {
                JsonNode object = entry.path("objectRef");
                String group = object.path("apiGroup").asText("");
                asked.add(entry.path("verb").asText() + " "
                        + (object.isMissingNode()
                                ? entry.path("requestURI").asText()
                                : object.path("resource").asText() + (group.isEmpty() ? "" : "." + group)));
            }
        }
        return asked;
    }

    /** Folder of everything that it writes. */
    public Path state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the testbed in " + state + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(state)) {
            Tree.delete(state);
        }
    }
}
