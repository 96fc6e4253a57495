/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.terminal.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API server through kubectl, with the login that it has. */
final class Kubectl implements KubeApi {
    private static final int TIMEOUT_SECONDS = 60;
    private static final Pattern REFUSED = Pattern.compile("Error from server(?: \\((\\w+)\\))?: (.*)");
    private static final Map<String, Integer> STATUS =
            Map.of("NotFound", 404, "Forbidden", 403, "Invalid", 422, "AlreadyExists", 409, "BadRequest", 400);

    private final Path program;
    private final @Nullable Path kubeconfig;
    private final @Nullable String context;
    private final Map<String, String> environment;

    Kubectl(Path program, @Nullable Path kubeconfig, @Nullable String context, Map<String, String> environment) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Reply get(String path) throws Failure {
        return run(List.of("get", "--raw", path), "");
    }

    @Override
    public Reply post(String path, JsonNode object) throws Failure {
        return run(List.of("create", "--raw", path, "-f", "-"), object.toString());
    }

    private Reply run(List<String> arguments, String input) throws Failure {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        command.add("--request-timeout=" + TIMEOUT_SECONDS / 2 + "s");
        if (kubeconfig != null) {
            command.add("--kubeconfig=" + kubeconfig);
        }
        if (context != null) {
            command.add("--context=" + context);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                return reply(process, input);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw Failure.failed("kubectl (" + program + ") cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted while waiting for kubectl");
        }
    }

    private Reply reply(Process process, String input) throws Failure, IOException, InterruptedException {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading; what it said tells why.
        }
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw Failure.failed("kubectl does not answer in " + TIMEOUT_SECONDS + " s; is the cluster reachable?");
        }
        if (process.exitValue() == 0) {
            return new Reply(200, ApiObjects.parse(out.join()));
        }
        String said = err.join();
        Matcher refused = REFUSED.matcher(said);
        if (refused.find()) {
            Integer status = refused.group(1) == null ? null : STATUS.get(refused.group(1));
            if (status != null) {
                return new Reply(status, ApiObjects.status(refused.group(2)));
            }
        }
        throw Failure.failed("kubectl cannot ask the cluster: "
                + said.strip().lines().reduce((first, last) -> last).orElse("no reason given"));
    }

    private static String text(java.io.InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Ended by force; the caller has its reason already.
            return "";
        }
    }
}
