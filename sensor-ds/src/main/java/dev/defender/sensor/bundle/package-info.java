/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What the container runtimes of this node say of their containers, in files that they write before a container's first
 * process runs: the OCI bundle's {@code config.json} with the runtime's annotations. Knows nothing of events.
 */
@NullMarked
package dev.defender.sensor.bundle;

import org.jspecify.annotations.NullMarked;
