/* SPDX-License-Identifier: Apache-2.0 */

/** JSON as bytes: a scanner that never holds a document. */
@NullMarked
package dev.defender.misc.json;

import org.jspecify.annotations.NullMarked;
