/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes cluster that a test has for itself until it closes it. Which kind it is, {@link Clusters} decides; what a kind
 * cannot do it refuses with an {@link UnsupportedOperationException} whose message says what to do.
 */
public interface Cluster extends AutoCloseable {
    /** What it is, in a few words for a person: "testbed in /tmp/…". */
    String description();

    /** Of an administrator; holds every credential it needs. */
    Path kubeconfig();

    /** Its kubectl and helm. */
    ClientTools tools();

    /** The address by which pods reach servers of this machine that listen on all addresses; empty where there is none. */
    Optional<String> machine();

    /** Imports images, each archive as of {@code docker save} or in OCI layout, into every node. */
    void load(List<Path> archives) throws IOException, InterruptedException;

    /** Runs a command among the mounts of the (first) node: what it prints of a path is what a hostPath shows. */
    Answer nodeExec(String... command) throws IOException, InterruptedException;

    /** One JSON object per request to the API server, Kubernetes' own parts left out; empty where none is kept. */
    Optional<Path> auditLog();

    /** Where logs of the cluster's own programs lie, for who looks for the cause of a failure; empty where unknown. */
    Optional<Path> logs();

    /** Removes the cluster if opening it has made it. */
    @Override
    void close() throws IOException, InterruptedException;
}
