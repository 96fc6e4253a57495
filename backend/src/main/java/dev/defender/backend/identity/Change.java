/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.time.Instant;

/** A change of who may speak. The registry in memory and the store apply the same ones. */
public sealed interface Change {
    record ClusterAdded(Cluster cluster) implements Change {}

    /**
     * New keys of a cluster's API server, in force at once.
     *
     * @param keepPrevious whether the newest before them stays in force too
     */
    record NodeKeysSet(String cluster, NodeKeySet keys, boolean keepPrevious) implements Change {}

    record EnrolmentTokenAdded(EnrolmentToken token) implements Change {}

    record EnrolmentTokenRevoked(String id, Instant at) implements Change {}

    record ApiTokenAdded(ApiToken token) implements Change {}

    /** A node got a certificate; the first makes the node known. */
    record CertificateIssued(NodeCertificate certificate) implements Change {}

    /** A node may not speak, and none of its certificates will be good again. */
    record NodeRevoked(NodeName node, Instant at) implements Change {}

    /** A revoked node may enrol again. */
    record NodeReadmitted(NodeName node) implements Change {}
}
