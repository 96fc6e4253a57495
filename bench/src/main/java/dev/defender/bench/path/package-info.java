/* SPDX-License-Identifier: Apache-2.0 */

/** The whole path, from the kernel's ring until the backend's API returns the row. */
@NullMarked
package dev.defender.bench.path;

import org.jspecify.annotations.NullMarked;
