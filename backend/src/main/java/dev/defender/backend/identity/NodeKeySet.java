/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.nodetoken.NodeKeys;
import java.time.Instant;

/** Keys of a cluster that are in force. @param since when they were given to us */
public record NodeKeySet(NodeKeys keys, Instant since) {}
