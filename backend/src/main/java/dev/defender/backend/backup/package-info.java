/* SPDX-License-Identifier: Apache-2.0 */
/**
 * All that a backend is, in one stream: CA, tokens and the embedded database. Taken of one that runs, put back where none
 * is.
 */
@NullMarked
package dev.defender.backend.backup;

import org.jspecify.annotations.NullMarked;
