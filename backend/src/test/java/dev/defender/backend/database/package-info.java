/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.backend.database;

import org.jspecify.annotations.NullMarked;
