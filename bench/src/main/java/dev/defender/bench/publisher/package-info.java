/* SPDX-License-Identifier: Apache-2.0 */

/** The publisher alone inside its limits: a producer and an HTTPS sink outside them. */
@NullMarked
package dev.defender.bench.publisher;

import org.jspecify.annotations.NullMarked;
