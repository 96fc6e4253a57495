/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.scenario.ActionShell;
import dev.defender.e2e.scenario.Actions;
import dev.defender.e2e.scenario.Actions.ActionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The pod that the actions run in, by {@code kubectl exec}. Its files stand on volumes: a program on the container's own
 * writable layer is suspicious by itself, and its benign twin would not be benign.
 */
final class AttackPod {
    static final String NAMESPACE = "shop";
    static final String NAME = "till";
    static final String CONTAINER = "register";
    static final String APP = "till-app";

    /** Files of the actions, in the pod. */
    static final Path DIRECTORY = Path.of("/actions");

    static final Path ACTOR = Path.of("/bin/actor");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Bash bash;
    private final String image;

    AttackPod(Bash bash, String image) {
        this.bash = bash;
        this.image = image;
    }

    void start() throws IOException, InterruptedException {
        bash.run("the pod of the actions", """
                kubectl create namespace %1$s
                kubectl apply -f - <<'POD'
                apiVersion: v1
                kind: Pod
                metadata: {name: %2$s, namespace: %1$s, labels: {app: %4$s}}
                spec:
                  terminationGracePeriodSeconds: 0
                  automountServiceAccountToken: false
                  containers:
                  - name: %3$s
                    image: %5$s
                    imagePullPolicy: IfNotPresent
                    volumeMounts:
                    - {name: actions, mountPath: %6$s}
                    - {name: memory, mountPath: /dev/shm}
                  volumes:
                  - {name: actions, emptyDir: {}}
                  - {name: memory, emptyDir: {medium: Memory, sizeLimit: 16Mi}}
                POD
                kubectl -n %1$s wait --for=condition=Ready pod/%2$s --timeout=50s
                """.formatted(NAMESPACE, NAME, CONTAINER, APP, image, DIRECTORY), LIMIT);
    }

    /** A shell in the pod, for the actions. */
    ActionShell shell(Map<String, String> environment, Path log) throws IOException {
        return new ActionShell(
                List.of(
                        "setpriv",
                        "--pdeathsig",
                        "KILL",
                        "--",
                        "kubectl",
                        "-n",
                        NAMESPACE,
                        "exec",
                        "-i",
                        NAME,
                        "--",
                        "sh"),
                environment,
                log);
    }

    static void makeFiles(ActionShell shell, Actions actions) throws IOException {
        for (ActionFile file : actions.files()) {
            String directory = ActionShell.quote(file.directory().toString());
            String copy = ActionShell.quote(file.copy().toString());
            if (shell.script("mkdir -p " + directory) + shell.script("cp " + file.program() + " " + copy) != 0) {
                throw new IOException("the pod of the actions has no " + file.copy() + ": " + file.program()
                        + " could not be copied there");
            }
        }
    }

    void remove() throws IOException, InterruptedException {
        bash.run("removal of the pod", "kubectl delete namespace " + NAMESPACE + " --timeout=50s\n", LIMIT);
    }
}
