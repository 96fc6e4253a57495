/* SPDX-License-Identifier: Apache-2.0 */

/**
 * From the spool to the backend: per lane one thread that makes batches, sends one at a time, and does with each answer
 * what the contract says. Nothing leaves the spool before the backend has it or its loss is durably reported.
 */
@NullMarked
package dev.defender.publisher.ship;

import org.jspecify.annotations.NullMarked;
