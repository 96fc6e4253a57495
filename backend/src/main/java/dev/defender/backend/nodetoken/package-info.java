/* SPDX-License-Identifier: Apache-2.0 */
/** Proof by a cluster's API server that a request comes from a certain node: the publisher's ServiceAccount token. */
@NullMarked
package dev.defender.backend.nodetoken;

import org.jspecify.annotations.NullMarked;
