/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import dev.defender.operator.config.ConfigFile;
import dev.defender.operator.config.OperatorConfig;
import dev.defender.operator.service.Uninstall;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The operator's process. */
public final class Operator {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private Operator() {}

    /** Exit status 0 after a stop, 1 when it cannot run, 2 for a wrong command line; each with one sentence. */
    public static void main(String[] args) {
        for (String arg : args) {
            if (arg.equals("--help")) {
                System.out.println(Options.HELP);
                return;
            }
        }
        try {
            Options options = Options.parse(args);
            System.exit(run(options));
        } catch (IllegalArgumentException e) {
            fail(USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail(FAILURE, String.valueOf(e.getMessage()));
        } catch (KubernetesClientException | OperatorException e) {
            fail(FAILURE, "the API server does not let the operator start: " + rootMessage(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(Options options) throws IOException, InterruptedException {
        OperatorConfig config = ConfigFile.read(options.config());
        String namespace = namespace();
        if (options.uninstall()) {
            try (KubernetesClient client = new KubernetesClientBuilder().build()) {
                List<String> left = new Uninstall(client, config, namespace).run(options.timeout());
                if (left.isEmpty()) {
                    System.out.println("operator: nothing is left of any profile");
                    return 0;
                }
                System.err.println("operator: after " + options.timeout().toSeconds()
                        + " s these profiles are still there: " + String.join(", ", left)
                        + "; kubectl describe defenderprofile says what they wait for");
                return FAILURE;
            }
        }
        KubernetesClient client = new KubernetesClientBuilder().build();
        OperatorProcess process = OperatorProcess.start(client, config, namespace, options.health());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.stop();
            stopped.countDown();
        }));
        System.out.println("operator: ready");
        stopped.await();
        return 0;
    }

    private static String namespace() {
        String namespace = System.getenv("POD_NAMESPACE");
        if (namespace == null || namespace.isBlank()) {
            throw new IllegalArgumentException(
                    "POD_NAMESPACE is not set; it names the namespace that the operator runs in");
        }
        return namespace;
    }

    private static void fail(int status, String message) {
        System.err.println("operator: " + message);
        Runtime.getRuntime().halt(status);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
