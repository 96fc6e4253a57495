/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What the demos do and what must come of it, wherever they do it: on this host
 * ({@link dev.defender.e2e.demo}) or in a pod ({@link dev.defender.e2e.clusterdemo}).
 */
@NullMarked
package dev.defender.e2e.scenario;

import org.jspecify.annotations.NullMarked;
