/* SPDX-License-Identifier: Apache-2.0 */

/** A Kubernetes cluster for tests, whichever this machine offers, and the tools that speak with it. */
@NullMarked
package dev.defender.e2e.cluster;

import org.jspecify.annotations.NullMarked;
