/* SPDX-License-Identifier: Apache-2.0 */
/** Puts everything behind the one port together and keeps it going. */
@NullMarked
package dev.defender.backend.service;

import org.jspecify.annotations.NullMarked;
