/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.time.Instant;

/** A certificate that was issued to a node. @param serial hexadecimal */
public record NodeCertificate(String serial, NodeName node, Instant issuedAt, Instant notAfter) {}
